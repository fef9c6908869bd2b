package geo

import "github.com/paulmach/orb"

// index is a packed static R-tree.
type index struct{}

func (x *index) search(b orb.Bound, dst []int32) []int32 { return dst }
