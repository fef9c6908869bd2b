package hours

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Schedule is the opening hours of a place. It never changes.
type Schedule struct{ rules []rule }

// Parse reads opening hours. The error says at which character, from 1, it does
// not understand.
func Parse(s string) (*Schedule, error) {
	tokens, err := lex(s)
	if err != nil {
		return nil, err
	}
	p := &parser{tokens: tokens}
	out := &Schedule{}
	join := byte(';')
	for {
		r, err := p.rule()
		if err != nil {
			return nil, err
		}
		r.join = join
		out.rules = append(out.rules, *r)
		switch t := p.next(); t.kind {
		case 0:
			return out, nil
		case ';':
			join = ';'
			if p.peek().kind == 0 { // one at the end is common
				return out, nil
			}
		case ',':
			join = ','
		case '|':
			if p.next().kind != '|' {
				return nil, p.wrong(t, "||")
			}
			join = '|'
		default:
			return nil, p.wrong(t, "a time, ; or the end")
		}
	}
}

type parser struct {
	tokens []token
	at     int
}

func (p *parser) peek() token { return p.tokens[p.at] }

func (p *parser) ahead(n int) token { return p.tokens[min(p.at+n, len(p.tokens)-1)] }

func (p *parser) next() token {
	t := p.tokens[p.at]
	if p.at < len(p.tokens)-1 {
		p.at++
	}
	return t
}

func (p *parser) take(kind byte) bool {
	if p.peek().kind == kind {
		p.next()
		return true
	}
	return false
}

func (p *parser) wrong(t token, want string) error {
	return fmt.Errorf("character %d: %s where %s was expected", t.at+1, t.text, want)
}

func (p *parser) rule() (*rule, error) {
	r := &rule{state: Open}
	begin := p.at
	for {
		t := p.peek()
		var err error
		switch {
		case t.kind == '0' && t.text == "24" && p.ahead(1).kind == '/' && p.ahead(2).text == "7":
			p.at += 3
			r.times = append(r.times, hours{to: moment{minutes: 24 * 60}})
		case t.kind == '0' && len(t.text) == 4 && p.ahead(1).kind != ':':
			err = p.years(r)
		case t.kind == '0', t.kind == '(', t.kind == 'w' && isSun(t.text):
			err = p.times(r)
		case t.kind == 'w' && t.text == "week":
			err = p.weeks(r)
		case t.kind == 'w' && monthOf(t.text) > 0:
			err = p.months(r)
		case t.kind == 'w' && (dayOf(t.text) >= 0 || t.text == "ph" || t.text == "sh"):
			err = p.weekdays(r)
		case t.kind == ':' && p.at > begin && len(r.times) == 0: // "Jan-Mar: Mo 08:00-17:00"
			p.next()
		case t.kind == 'w' && (t.text == "off" || t.text == "closed"):
			p.next()
			r.state = Closed
		case t.kind == 'w' && t.text == "open":
			p.next()
		case t.kind == 'w' && t.text == "unknown":
			p.next()
			r.state = Unknown
		case t.kind == '"':
			p.next()
			if r.comment = t.text; p.at == begin+1 {
				r.state = Unknown // nothing but a comment
			}
		case p.at == begin:
			return nil, p.wrong(t, "a day or a time")
		default:
			return r, nil
		}
		if err != nil {
			return nil, err
		}
	}
}

func (p *parser) number(low, high int) (int, error) {
	t := p.next()
	n, err := strconv.Atoi(t.text)
	if t.kind != '0' || err != nil || n < low || n > high {
		return 0, p.wrong(t, fmt.Sprintf("a number from %d to %d", low, high))
	}
	return n, nil
}

// listed reads ranges of numbers set apart by commas.
func (p *parser) listed(low, high int) ([]span, error) {
	var all []span
	for {
		from, err := p.number(low, high)
		if err != nil {
			return nil, err
		}
		one := span{from, from}
		if p.peek().kind == '-' && p.ahead(1).kind == '0' {
			p.next()
			if one.to, err = p.number(from, high); err != nil {
				return nil, err
			}
		} else if high > 1000 && p.take('+') {
			one.to = high
		}
		if all = append(all, one); !p.take(',') {
			return all, nil
		}
	}
}

func (p *parser) years(r *rule) (err error) {
	r.years, err = p.listed(1900, 2200)
	return err
}

func (p *parser) weeks(r *rule) (err error) {
	p.next()
	r.weeks, err = p.listed(1, 53)
	return err
}

func monthOf(word string) time.Month {
	return time.Month(1 + slices.Index([]string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}, word))
}

// months reads months, and days of them: Jan, Jan-Mar, Dec 25, Dec 24-26, Dec 24-Jan 2.
func (p *parser) months(r *rule) error {
	for {
		from, whole, err := p.monthDay(1)
		if err != nil {
			return err
		}
		one := dates{from, from}
		if whole {
			one.to.day = 31
		}
		if p.take('-') {
			switch t := p.peek(); {
			case t.kind == '0' && !whole:
				if one.to.day, err = p.number(1, 31); err != nil {
					return err
				}
			case t.kind == 'w' && monthOf(t.text) > 0:
				if one.to, _, err = p.monthDay(31); err != nil {
					return err
				}
			default:
				return p.wrong(t, "a month or a day of it")
			}
		}
		r.days = append(r.days, one)
		if p.peek().kind != ',' || monthOf(p.ahead(1).text) == 0 {
			return nil
		}
		p.next()
	}
}

// monthDay reads a month and its day, standard where there is none. A number that
// is followed by a colon is a time.
func (p *parser) monthDay(standard int) (d monthDay, whole bool, err error) {
	d = monthDay{monthOf(p.next().text), standard}
	if p.peek().kind == '0' && p.ahead(1).kind != ':' {
		d.day, err = p.number(1, 31)
		return d, false, err
	}
	return d, true, nil
}

func dayOf(word string) time.Weekday {
	return time.Weekday(slices.Index([]string{"su", "mo", "tu", "we", "th", "fr", "sa"}, word))
}

func (p *parser) weekdays(r *rule) error {
	for {
		t := p.next()
		one := weekday{from: dayOf(t.text)}
		one.to = one.from
		switch {
		case t.text == "ph" || t.text == "sh":
			one.holiday = t.text[0]
		case p.peek().kind == '-':
			p.next()
			if t = p.next(); dayOf(t.text) < 0 {
				return p.wrong(t, "a day of the week")
			}
			one.to = dayOf(t.text)
		case p.take('['):
			for {
				sign := 1
				if p.take('-') {
					sign = -1
				}
				n, err := p.number(1, 5)
				if err != nil {
					return err
				}
				if one.nth = append(one.nth, sign*n); !p.take(',') {
					break
				}
			}
			if !p.take(']') {
				return p.wrong(p.peek(), "]")
			}
		}
		r.weekdays = append(r.weekdays, one)
		// "PH Mo-Fr" and "PH,Mo-Fr" say the same here.
		more := func(t token) bool { return t.kind == 'w' && (dayOf(t.text) >= 0 || t.text == "ph" || t.text == "sh") }
		switch {
		case p.peek().kind == ',' && more(p.ahead(1)):
			p.next()
		case !more(p.peek()):
			return nil
		}
	}
}

func isSun(word string) bool {
	return slices.Contains([]string{"sunrise", "sunset", "dawn", "dusk"}, word)
}

func (p *parser) times(r *rule) error {
	for {
		from, err := p.moment(24 * 60)
		if err != nil {
			return err
		}
		one := hours{from: from}
		switch {
		case p.take('-'):
			if one.to, err = p.moment(48 * 60); err != nil {
				return err
			}
			one.open = p.take('+')
		case p.take('+'):
			one.open, one.to = true, moment{minutes: 24 * 60}
		default:
			return p.wrong(p.peek(), "- and the time of closing")
		}
		r.times = append(r.times, one)
		if next := p.ahead(1); p.peek().kind != ',' || next.kind != '0' && next.kind != '(' && !isSun(next.text) || next.kind == '0' && p.ahead(2).kind != ':' {
			return nil
		}
		p.next()
	}
}

// moment reads 08:30, sunset, or (sunset-01:00).
func (p *parser) moment(most int) (moment, error) {
	bracket := p.take('(')
	t := p.peek()
	if t.kind == 'w' && isSun(t.text) {
		p.next()
		m := moment{sun: t.text}
		if bracket && !p.take(')') {
			sign := p.next()
			if sign.kind != '+' && sign.kind != '-' {
				return m, p.wrong(sign, "+ or -")
			}
			by, err := p.clock(12 * 60)
			if err != nil {
				return m, err
			}
			if m.minutes = by; sign.kind == '-' {
				m.minutes = -by
			}
			if !p.take(')') {
				return m, p.wrong(p.peek(), ")")
			}
		}
		return m, nil
	}
	if bracket {
		return moment{}, p.wrong(t, "sunrise or sunset")
	}
	n, err := p.clock(most)
	return moment{minutes: n}, err
}

func (p *parser) clock(most int) (int, error) {
	t := p.peek()
	h, err := p.number(0, most/60)
	if err != nil {
		return 0, err
	}
	if !p.take(':') {
		return 0, p.wrong(p.peek(), ": and the minutes")
	}
	if len(p.peek().text) != 2 {
		return 0, p.wrong(p.peek(), "minutes of two digits")
	}
	m, err := p.number(0, 59)
	if err != nil {
		return 0, err
	}
	if h*60+m > most {
		return 0, p.wrong(t, "a time before "+strings.TrimSpace(fmt.Sprintf("%d:00", most/60)))
	}
	return h*60 + m, nil
}
