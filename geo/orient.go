package geo

import (
	"math"
	"math/big"

	"github.com/paulmach/orb"
)

// Orient returns 1 when c is to the left of the line from a to b, -1 to the
// right, 0 on it: exactly. The bound on the error of the quick answer is from
// J. R. Shewchuk, "Adaptive Precision Floating-Point Arithmetic and Fast Robust
// Geometric Predicates", 1997, section 4.1.
func Orient(a, b, c orb.Point) int {
	const bound = (3 + 16*halfUlp) * halfUlp
	left := float64((a[0] - c[0]) * (b[1] - c[1]))
	right := float64((a[1] - c[1]) * (b[0] - c[0]))
	det := left - right
	sum := math.Abs(left) + math.Abs(right)
	switch {
	case det > bound*sum:
		return 1
	case -det > bound*sum:
		return -1
	case left == 0 && right == 0 && (a[0] == c[0] || b[1] == c[1]) && (a[1] == c[1] || b[0] == c[0]):
		return 0
	}
	return exactOrient(a, b, c)
}

// halfUlp is half the distance from 1 to the next float64.
const halfUlp = 1.0 / (1 << 53)

func exactOrient(a, b, c orb.Point) int {
	difference := func(x, y float64) *big.Rat {
		return new(big.Rat).Sub(new(big.Rat).SetFloat64(x), new(big.Rat).SetFloat64(y))
	}
	left := difference(a[0], c[0])
	left.Mul(left, difference(b[1], c[1]))
	right := difference(a[1], c[1])
	right.Mul(right, difference(b[0], c[0]))
	return left.Cmp(right)
}
