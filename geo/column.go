package geo

// Column holds one property of all features of a layer.
type Column struct {
	Field Field

	words []string // String: the distinct values, in order of first use
	refs  []uint32 // String: position in words, plus one; 0 is missing
	ints  []int64
	nums  []float64
	bools []bool
	set   []bool // not String: whether the value is there
}

func newColumn(f Field, n int) Column {
	c := Column{Field: f}
	switch f.Type {
	case String:
		c.refs = make([]uint32, n)
		return c
	case Integer:
		c.ints = make([]int64, n)
	case Number:
		c.nums = make([]float64, n)
	case Boolean:
		c.bools = make([]bool, n)
	}
	c.set = make([]bool, n)
	return c
}

// Value returns the value of feature i: string, int64, float64, bool, or nil.
func (c *Column) Value(i int) any {
	if !c.Has(i) {
		return nil
	}
	switch c.Field.Type {
	case String:
		return c.words[c.refs[i]-1]
	case Integer:
		return c.ints[i]
	case Number:
		return c.nums[i]
	default:
		return c.bools[i]
	}
}

// Has reports whether feature i has a value.
func (c *Column) Has(i int) bool {
	if c.Field.Type == String {
		return c.refs[i] != 0
	}
	return c.set[i]
}

// Word returns the position of feature i's value among Words, or -1 when it has
// none. The column must be of type String.
func (c *Column) Word(i int) int { return int(c.refs[i]) - 1 }

// Words returns the distinct values of a String column; read only.
func (c *Column) Words() []string { return c.words }

// Int returns the value of feature i; the column must be of type Integer.
func (c *Column) Int(i int) (int64, bool) { return c.ints[i], c.set[i] }

// Float returns the value of feature i of an Integer or Number column.
func (c *Column) Float(i int) (float64, bool) {
	if c.Field.Type == Integer {
		return float64(c.ints[i]), c.set[i]
	}
	return c.nums[i], c.set[i]
}
