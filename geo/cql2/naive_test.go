package cql2

import (
	"context"
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
)

// worldCollection is a small collection of all types of fields.
func worldCollection() geo.Collection {
	return geo.Collection{
		ID: "world", Geometry: geo.Mixed, MaxZoom: 12,
		Fields: []geo.Field{
			{Name: "name", Type: geo.String},
			{Name: "kind", Type: geo.String},
			{Name: "day", Type: geo.String},
			{Name: "count", Type: geo.Integer},
			{Name: "big", Type: geo.Integer},
			{Name: "size", Type: geo.Number},
			{Name: "open", Type: geo.Boolean},
		},
	}
}

// world is a layer of random records with many gaps.
func world(t testing.TB, rng *rand.Rand, n int) *geo.Layer {
	t.Helper()
	pick := func(all ...any) any { return all[rng.IntN(len(all))] }
	table := geo.Table{Collection: worldCollection()}
	for i := range n {
		var g orb.Geometry
		if rng.IntN(4) > 0 {
			g = orb.Point{float64(rng.IntN(5)), float64(rng.IntN(5))}
		}
		table.Records = append(table.Records, geo.Record{
			ID: fmt.Sprintf("f%04d", i), Geometry: g,
			Values: []any{
				pick(nil, "a", "A", "b", "ä", "It's", `back\slash`, "100%"),
				pick(nil, "a", "b", "desa"),
				pick(nil, "2024", "2025-10", "2025-10-01", "2025-10-02T08:00:00Z", "soon"),
				pick(nil, int64(-1), int64(0), int64(1), int64(2), int64(7)),
				pick(nil, int64(1<<53), int64(1<<53+1), int64(math.MaxInt64)),
				pick(nil, -1.5, 0.0, 1.0, 2.5, 1e300),
				pick(nil, true, false),
			},
		})
	}
	snap, err := geo.Build(context.Background(), nil, []geo.Table{table}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return snap.Layer("world")
}

// naive says what a node is of a feature, slowly: nil is NULL.
func naive(n *node, l *geo.Layer, i int) any {
	args := make([]any, len(n.args))
	for k, a := range n.args {
		args[k] = naive(a, l, i)
	}
	missing := false
	for _, a := range args {
		missing = missing || a == nil
	}
	switch n.op {
	case opProperty:
		if n.value == "geometry" {
			if g := l.Geometry(i); g != nil {
				return g
			}
			return nil
		}
		return l.Column(n.value.(string)).Value(i)
	case opLiteral:
		return n.value
	case "isNull":
		return missing
	case "and", "or":
		decides := n.op == "or"
		var result any = !decides
		for _, a := range args {
			if a == decides {
				return decides
			}
			if a == nil {
				result = nil
			}
		}
		return result
	case "between":
		return naive(&node{op: "and", args: []*node{{op: ">=", args: []*node{n.args[0], n.args[1]}}, {op: "<=", args: []*node{n.args[0], n.args[2]}}}}, l, i)
	case "in":
		any := &node{op: "or"}
		for _, a := range n.args[1:] {
			any.args = append(any.args, &node{op: "=", args: []*node{n.args[0], a}})
		}
		return naive(any, l, i)
	}
	if missing {
		return nil
	}
	return naiveOperation(n.op, args)
}

func naiveOperation(op string, args []any) any {
	switch op {
	case "not":
		return !args[0].(bool)
	case "casei":
		return strings.ToUpper(args[0].(string))
	case "accenti":
		return strings.ReplaceAll(args[0].(string), "ä", "a")
	case "like":
		return naiveLike(args[0].(string), args[1].(string))
	case "s_intersects":
		return args[1].(orb.Bound).Contains(args[0].(orb.Point))
	case "+", "-", "*", "/", "%", "div", "^":
		x, y := asFloat(args[0]), asFloat(args[1])
		f := map[string]float64{"+": x + y, "-": x - y, "*": x * y, "/": x / y, "%": math.Mod(x, y), "div": math.Trunc(x / y), "^": math.Pow(x, y)}[op]
		if math.IsNaN(f) || math.IsInf(f, 0) {
			return nil
		}
		return f
	}
	order, ok := naiveOrder(op, args[0], args[1])
	if !ok {
		return nil
	}
	switch op {
	case "=":
		return order == 0
	case "<>":
		return order != 0
	case "<":
		return order < 0
	case "<=":
		return order <= 0
	case ">":
		return order > 0
	default:
		return order >= 0
	}
}

// naiveOrder compares two values of one kind; instants by their starts or ends,
// as the operation asks.
func naiveOrder(op string, a, b any) (int, bool) {
	s, instantA := a.(span)
	t, instantB := b.(span)
	if instantA || instantB {
		if !instantA {
			s, instantA = parseInstant(a.(string))
		}
		if !instantB {
			t, instantB = parseInstant(b.(string))
		}
		if !instantA || !instantB {
			return 0, false
		}
		if s.days != t.days {
			s, t = s.moments(), t.moments()
		}
		switch op {
		case "<", ">=":
			if op == "<" && !s.to.Before(t.from) {
				return 0, true
			}
			return s.from.Compare(t.from), true
		case ">", "<=":
			if op == ">" && !s.from.After(t.to) {
				return 0, true
			}
			return s.to.Compare(t.to), true
		}
		return s.from.Compare(t.from)*2 + s.to.Compare(t.to), true
	}
	switch a := a.(type) {
	case string:
		return strings.Compare(a, b.(string)), true
	case bool:
		if a == b {
			return 0, true
		}
		return 1, true
	}
	if x, ok := a.(int64); ok {
		if y, ok := b.(int64); ok {
			return new(big.Int).SetInt64(x).Cmp(new(big.Int).SetInt64(y)), true
		}
	}
	x, y := asFloat(a), asFloat(b)
	switch {
	case x < y:
		return -1, true
	case x > y:
		return 1, true
	}
	return 0, true
}

// naiveLike tries everything.
func naiveLike(s, p string) bool {
	if p == "" {
		return s == ""
	}
	r := []rune(s)
	switch q := []rune(p); {
	case q[0] == '%':
		for k := range len(r) + 1 {
			if naiveLike(string(r[k:]), string(q[1:])) {
				return true
			}
		}
		return false
	case q[0] == '\\' && len(q) > 1:
		return len(r) > 0 && r[0] == q[1] && naiveLike(string(r[1:]), string(q[2:]))
	case len(r) == 0:
		return false
	default:
		return (q[0] == '_' || q[0] == r[0]) && naiveLike(string(r[1:]), string(q[1:]))
	}
}

// writer makes random filters that fit the collection world.
type writer struct{ *rand.Rand }

func (w writer) one(all ...string) string { return all[w.IntN(len(all))] }

func (w writer) text() string {
	return w.one("name", "kind", "'a'", "'It''s'", `'back\slash'`, "CASEI(name)", "ACCENTI(name)", "casei( 'a' )", "AccentI(CaseI(kind))", "''")
}

func (w writer) number(depth int) string {
	if depth <= 0 || w.IntN(2) == 0 {
		return w.one("count", "size", "big", "0", "1", "-1.5", "2.50", "7", "9007199254740993", "1e3", ".5")
	}
	return w.one("", "-") + "(" + w.number(depth-1) + w.one(" + ", " - ", "*", "/", "%", " div ", "^") + w.number(depth-1) + ")"
}

func (w writer) time() string {
	return w.one("day", "DATE('2025-10-01')", "TIMESTAMP('2025-10-01T23:59:59Z')", "TIMESTAMP('2025-10-02T08:00:00.0Z')", "date('2024-12-31')")
}

func (w writer) condition(depth int) string {
	compare := func() string { return w.one("=", "<>", " < ", "<=", ">", " >= ") }
	if depth > 0 && w.IntN(2) == 0 {
		a, b := w.condition(depth-1), w.condition(depth-1)
		return w.one("("+a+") and ("+b+")", a+" AND "+b, a+" OR "+b, "("+a+" or "+b+")", "NOT ("+a+")", "not "+a, "("+a+") IS NULL")
	}
	not := w.one("", "NOT ")
	switch w.IntN(10) {
	case 9:
		return w.number(0) + " " + not + "IN (0, 7, -1, 9007199254740993)"
	case 0:
		return w.text() + compare() + w.text()
	case 1:
		return w.number(2) + compare() + w.number(2)
	case 2:
		return w.one("day = DATE('2025-10-01')", "day"+compare()+w.time(), "DATE('2025-10-02')"+compare()+w.time())
	case 3:
		return w.text() + " " + not + "LIKE " + w.one("'%a%'", "'_'", `'100\%'`, "'b%s%h'", "casei('a%')", "'%'")
	case 4:
		return w.number(1) + " " + not + "BETWEEN " + w.number(1) + " AND " + w.number(1)
	case 5:
		return w.text() + " " + not + "in (" + w.text() + ", 'b'," + w.text() + ")"
	case 6:
		return w.one("open", "open = true", "false <> open", "TRUE", "(name = 'a') = open")
	case 7:
		return w.one("name", "count", "geometry", "open", "size + count", "1/count", "\"day\"") + " IS " + not + "NULL"
	default:
		return "S_INTERSECTS(geometry, BBOX(1,1,3,2))"
	}
}

// TestCompiledEqualsNaive compares compiled filters with their slow reading, and
// each with itself written and read again.
func TestCompiledEqualsNaive(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	l := world(t, rng, 200)
	selecting := 0
	for range 1500 {
		written := writer{rng}.condition(4)
		f, err := Parse(written)
		if err != nil {
			t.Fatalf("%s: %v", written, err)
		}
		if err := f.Check(&l.Collection); err != nil {
			t.Fatalf("%s: %v", written, err)
		}
		again, err := Parse(f.String())
		if err != nil || again.String() != f.String() {
			t.Fatalf("%s\nis written %s\nthen %v, %v", written, f, again, err)
		}
		document, err := f.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		if read, err := ParseJSON(document); err != nil || read.String() != f.String() {
			t.Fatalf("%s\nas JSON %s\nis read %v, %v", f, document, read, err)
		}
		test, err := f.Compile(l)
		if err != nil {
			t.Fatal(err)
		}
		testAgain, err := again.Compile(l)
		if err != nil {
			t.Fatal(err)
		}
		selected := 0
		for i := range l.Len() {
			want := naive(f.root, l, i) == true
			if got := test(i); got != want || testAgain(i) != want {
				t.Fatalf("%s\n of %v: %v, written and read again %v, want %v", f, l.Table().Records[i], got, testAgain(i), want)
			}
			if want {
				selected++
			}
		}
		if selected > 0 && selected < l.Len() {
			selecting++
		}
	}
	t.Logf("%d of 1500 filters select some but not all features", selecting)
}
