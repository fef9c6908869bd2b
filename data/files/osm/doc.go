// Package osm reads OpenStreetMap data, PBF or XML, as features: the roads of a
// map, or the places that visitors go to.
//
// A file is gone through several times instead of being held: relations first,
// then the ways that are wanted, then the nodes of those ways, of which only the
// coordinates are kept, in sorted arrays of 16 bytes a node. With a bound, ways
// that do not touch it are never looked at again. So memory follows from what is
// wanted, not from the file.
//
// The decoder of PBF is our own: what claims impossible sizes, ends early or
// points outside its tables is an error that says where, never a crash. Members
// of relations and nodes of ways that the file does not have are counted and
// never fatal, because every extract cuts some off.
//
// The package knows no store and no collection; which words it gives to which
// tags is in roads.go and places.go.
package osm

// Kind is what an Element is; kinds are also used as a set.
type Kind uint8

// The kinds of elements.
const (
	Node Kind = 1 << iota
	Way
	Relation
)

func (k Kind) letter() string {
	switch k {
	case Node:
		return "n"
	case Way:
		return "w"
	default:
		return "r"
	}
}

// A Tag is a key and its value.
type Tag struct{ Key, Value string }

// Tags are in the order of the file.
type Tags []Tag

// Get returns the value of a key; "" when it is not there.
func (t Tags) Get(key string) string {
	for i := range t {
		if t[i].Key == key {
			return t[i].Value
		}
	}
	return ""
}

// first returns the first of the keys' values that there is.
func (t Tags) first(keys ...string) string {
	for _, k := range keys {
		if v := t.Get(k); v != "" {
			return v
		}
	}
	return ""
}

// An Element is a node, way or relation. What it holds is the receiver's only
// until the next one.
type Element struct {
	Kind     Kind
	ID       int64
	Tags     Tags
	Lon, Lat int32    // of a node, in units of 1e-7 degrees
	Refs     []int64  // of a way: its nodes
	Members  []Member // of a relation
	Time     int64    // when it was last changed, in seconds since 1970; 0: not known
}

// A Member is part of a relation.
type Member struct {
	Kind Kind
	ID   int64
	Role string
}

// A Fault is something that makes the file unreadable.
type Fault struct {
	Offset int64 // of the block or tag in the file
	Reason string
}

func (f *Fault) Error() string { return f.Reason }
