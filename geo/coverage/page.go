package coverage

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"
)

// mark is where a page ends: the row's place in the order, so that it holds
// when rows come and go.
type mark struct {
	Number   *float64 `json:"n,omitempty"`
	Text     string   `json:"t,omitempty"`
	Code     string   `json:"c"`
	Operator string   `json:"o"`
}

func markOf(r *Row, c *column) mark {
	m := mark{Code: r.Code, Operator: r.Operator}
	if c.value == nil {
		m.Text = c.text(r)
	} else if v, ok := c.value(r); ok {
		m.Number = &v
	}
	return m
}

// compare orders marks: by the column, descending if so asked, what has no
// value last; then by code and operator.
func (m *mark) compare(o *mark, descending bool) int {
	by := strings.Compare(m.Text, o.Text)
	switch {
	case m.Number != nil && o.Number != nil:
		switch {
		case *m.Number < *o.Number:
			by = -1
		case *m.Number > *o.Number:
			by = 1
		}
	case m.Number != nil && o.Text == "" || m.Text != "" && o.Text == "":
		return -1
	case o.Number != nil && m.Text == "" || o.Text != "" && m.Text == "":
		return 1
	}
	if descending {
		by = -by
	}
	if by == 0 {
		by = strings.Compare(m.Code, o.Code)
	}
	if by == 0 {
		by = strings.Compare(m.Operator, o.Operator)
	}
	return by
}

// page sorts the rows and returns those after the cursor, and the cursor of
// the next page.
func page(rows []Row, q *Query) ([]Row, string, error) {
	name, descending := strings.CutPrefix(q.Sort, "-")
	all := columns()
	by := &all[slices.IndexFunc(all, func(c column) bool { return c.name == name })]
	marks, order := make([]mark, len(rows)), make([]int, len(rows))
	for i := range rows {
		marks[i], order[i] = markOf(&rows[i], by), i
	}
	slices.SortFunc(order, func(a, b int) int { return marks[a].compare(&marks[b], descending) })
	from := 0
	if q.Cursor != "" {
		after, err := readCursor(q)
		if err != nil {
			return nil, "", err
		}
		from, _ = slices.BinarySearchFunc(order, after, func(i int, m mark) int {
			if marks[i].compare(&m, descending) <= 0 {
				return -1
			}
			return 1
		})
	}
	to := min(from+q.Limit, len(rows))
	out := make([]Row, 0, to-from)
	for _, i := range order[from:to] {
		out = append(out, rows[i])
	}
	next := ""
	if to < len(rows) {
		next = writeCursor(q, &marks[order[to-1]])
	}
	return out, next, nil
}

// cursorSum tells cursors of other questions apart; it is no secret. The limit
// may change from page to page.
func cursorSum(q *Query) []byte {
	same := *q
	same.Limit = 1
	sum := sha256.Sum256([]byte("petadesa gaps 1\x00" + same.Permalink()))
	return sum[:6]
}

func writeCursor(q *Query, m *mark) string {
	raw, _ := json.Marshal(m) // a number and texts: cannot fail
	return base64.RawURLEncoding.EncodeToString(append(cursorSum(q), raw...))
}

func readCursor(q *Query) (mark, error) {
	var m mark
	raw, err := base64.RawURLEncoding.Strict().DecodeString(q.Cursor)
	if err == nil && len(raw) > 6 && string(raw[:6]) == string(cursorSum(q)) {
		err = json.Unmarshal(raw[6:], &m)
		if err == nil {
			return m, nil
		}
	}
	return m, &ParamError{Parameter: "cursor", Value: q.Cursor, Reason: "was not given out for this question; leave it out for the first page"}
}
