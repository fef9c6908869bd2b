package cql2

import (
	"strconv"
	"strings"
	"time"

	"github.com/paulmach/orb"
)

// String writes the filter in one fixed form, which Parse reads as the same
// filter: filters that differ in spaces, case of words, parentheses or the
// writing of numbers only are written alike.
func (f *Filter) String() string { return f.root.String() }

func (n *node) String() string {
	var b strings.Builder
	n.write(&b)
	return b.String()
}

// binding is how strongly an operation holds its arguments together.
func binding(op string) int {
	switch op {
	case "or":
		return 1
	case "and":
		return 2
	case "not":
		return 3
	case "=", "<>", "<", "<=", ">", ">=", "isNull", "like", "between", "in":
		return 4
	case "+", "-":
		return 5
	case "*", "/", "%", "div":
		return 6
	case "^":
		return 7
	}
	return 8
}

// writeIn writes an argument, in parentheses if it binds less than need be.
func (n *node) writeIn(b *strings.Builder, least int) {
	if binding(n.op) >= least {
		n.write(b)
		return
	}
	b.WriteByte('(')
	n.write(b)
	b.WriteByte(')')
}

func (n *node) write(b *strings.Builder) {
	own := binding(n.op)
	switch n.op {
	case opProperty:
		writeName(b, n.value.(string))
	case opLiteral:
		writeLiteral(b, n.value)
	case opInterval:
		writeInterval(b, n)
	case "and", "or":
		n.writeList(b, n.args, own+1, " "+strings.ToUpper(n.op)+" ")
	case "not":
		b.WriteString("NOT ")
		n.args[0].writeIn(b, own)
	case "isNull":
		n.args[0].writeIn(b, own+1)
		b.WriteString(" IS NULL")
	case "between":
		n.args[0].writeIn(b, own+1)
		b.WriteString(" BETWEEN ")
		n.writeList(b, n.args[1:], own+1, " AND ")
	case "in":
		n.args[0].writeIn(b, own+1)
		b.WriteString(" IN (")
		n.writeList(b, n.args[1:], 0, ", ")
		b.WriteByte(')')
	case "^":
		n.writeList(b, n.args, own+1, " ^ ")
	case "=", "<>", "<", "<=", ">", ">=", "like":
		n.writeList(b, n.args, own+1, " "+strings.ToUpper(n.op)+" ")
	case "+", "-", "*", "/", "%", "div":
		n.args[0].writeIn(b, own)
		b.WriteString(" " + strings.ToUpper(n.op) + " ")
		n.args[1].writeIn(b, own+1)
	default:
		b.WriteString(strings.ToUpper(n.op) + "(")
		n.writeList(b, n.args, 0, ", ")
		b.WriteByte(')')
	}
}

func (n *node) writeList(b *strings.Builder, args []*node, least int, separator string) {
	for i, a := range args {
		if i > 0 {
			b.WriteString(separator)
		}
		a.writeIn(b, least)
	}
}

// writeName writes a property, in quotes unless it reads as one without.
func writeName(b *strings.Builder, name string) {
	plain := !isReserved(name) && !isGeometryWord(strings.ToLower(name))
	for i, r := range name {
		plain = plain && (startsWord(r) || i > 0 && continuesWord(r))
	}
	if plain {
		b.WriteString(name)
		return
	}
	b.WriteString(`"` + strings.ReplaceAll(name, `"`, `""`) + `"`)
}

func writeLiteral(b *strings.Builder, value any) {
	switch v := value.(type) {
	case string:
		writeText(b, v)
	case bool:
		b.WriteString(strings.ToUpper(strconv.FormatBool(v)))
	case int64:
		b.WriteString(strconv.FormatInt(v, 10))
	case float64:
		b.WriteString(formatFloat(v))
	case span:
		name := "TIMESTAMP('"
		if v.days {
			name = "DATE('"
		}
		b.WriteString(name + formatInstant(v.from, v.days) + "')")
	case orb.Geometry:
		writeGeometry(b, v)
	}
}

// writeText writes a text in quotes. A quote inside is doubled, or, behind a
// backslash, has another before it, since there the first would not count. A
// text that ends in a backslash cannot be written in CQL2; it gets a form of its
// own, which Parse refuses.
func writeText(b *strings.Builder, s string) {
	if strings.HasSuffix(s, `\`) {
		b.WriteByte('$')
	}
	b.WriteByte('\'')
	for i := range len(s) {
		if s[i] == '\'' {
			if i > 0 && s[i-1] == '\\' {
				b.WriteByte('\\')
			} else {
				b.WriteByte('\'')
			}
		}
		b.WriteByte(s[i])
	}
	b.WriteByte('\'')
}

func formatFloat(f float64) string {
	s := strconv.FormatFloat(f, 'g', -1, 64)
	return strings.ToUpper(s)
}

func formatInstant(t time.Time, day bool) string {
	switch {
	case t.IsZero():
		return ".."
	case day:
		return t.Format(time.DateOnly)
	}
	return t.Format("2006-01-02T15:04:05.999999999Z")
}

func writeInterval(b *strings.Builder, n *node) {
	b.WriteString("INTERVAL(")
	for i, a := range n.args {
		if i > 0 {
			b.WriteString(", ")
		}
		if v, ok := a.value.(span); ok {
			b.WriteString("'" + formatInstant(v.from, v.days) + "'")
		} else {
			a.write(b)
		}
	}
	b.WriteByte(')')
}
