// Package priority ranks villages by a weighted sum of criteria, and tells how
// much the ranking hangs on the weights.
//
// It knows nothing of where the numbers come from, and refuses weights that mean
// nothing.
package priority

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
)

// ErrWeights is wrapped by what Rank says of weights that cannot rank.
var ErrWeights = errors.New("weights")

// Criterion is one of the things that count.
type Criterion struct {
	Name    string
	Weight  float64 // zero or more; only the ratios between weights matter
	Inverse bool    // the least value counts most, as with a speed
}

// Row is what is to be ranked. Values are aligned with the criteria; NaN is a
// value that is not known.
type Row struct {
	Code   string
	Values []float64
}

// Ranked is a row with its place.
type Ranked struct {
	Row
	Rank       int       // 1 is the first
	Score      float64   // 0 to 1: Σ weight × scaled value ÷ Σ weight, over the criteria used
	Scaled     []float64 // 0 to 1 by the least and greatest value; NaN: not used
	WeightUsed float64   // share of all weight whose criteria are known for the row
	Stability  float64   // share of the draws of weights in which it is among the first Top
}

// Options of Rank.
type Options struct {
	Top    int     // how many places are looked at for Stability; 0: all rows
	Draws  int     // of weights; 0: 1000
	Spread float64 // each weight is drawn from ± this share of itself; 0: 0.2
}

// Limits.
const (
	maxDraws     = 100_000
	defaultDraws = 1000
	spread       = 0.2
)

// Rank scores the rows and puts them in order, ties by code. A criterion that is
// missing for a row, or the same for all rows, drops out of its score. The draws
// are the same each time.
func Rank(criteria []Criterion, rows []Row, o Options) ([]Ranked, error) {
	if err := check(criteria, rows, &o); err != nil {
		return nil, err
	}
	weights, total := make([]float64, len(criteria)), 0.0
	for c := range criteria {
		weights[c] = criteria[c].Weight
		total += weights[c]
	}
	ranked := make([]Ranked, len(rows))
	for i, r := range rows {
		ranked[i] = Ranked{Row: r, Scaled: make([]float64, len(criteria))}
	}
	for c, criterion := range criteria {
		scale(ranked, c, criterion.Inverse)
	}
	for i := range ranked {
		r := &ranked[i]
		used := 0.0
		r.Score, used = score(r.Scaled, weights)
		r.WeightUsed = used / total
	}
	slices.SortFunc(ranked, func(a, b Ranked) int { return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Code, b.Code)) })
	for i := range ranked {
		ranked[i].Rank = i + 1
	}
	steady(ranked, weights, o)
	return ranked, nil
}

func check(criteria []Criterion, rows []Row, o *Options) error {
	sum := 0.0
	for _, c := range criteria {
		if !(c.Weight >= 0) || math.IsInf(c.Weight, 0) {
			return fmt.Errorf("%w: %s has %v; a weight is zero or more", ErrWeights, c.Name, c.Weight)
		}
		sum += c.Weight
	}
	switch {
	case sum == 0 || math.IsInf(sum, 0):
		return fmt.Errorf("%w: all together are %v: at least one must be above zero", ErrWeights, sum)
	case o.Draws < 0 || o.Draws > maxDraws:
		return fmt.Errorf("%w: %d draws, of 0 to %d", ErrWeights, o.Draws, maxDraws)
	case !(o.Spread >= 0 && o.Spread <= 1):
		return fmt.Errorf("%w: a spread of %v, of 0 to 1", ErrWeights, o.Spread)
	}
	for _, r := range rows {
		if len(r.Values) != len(criteria) {
			return fmt.Errorf("%w: %s has %d values for %d criteria", ErrWeights, r.Code, len(r.Values), len(criteria))
		}
	}
	o.Draws = cmp.Or(o.Draws, defaultDraws)
	o.Spread = cmp.Or(o.Spread, spread)
	if o.Top <= 0 || o.Top > len(rows) {
		o.Top = len(rows)
	}
	return nil
}

// scale brings one criterion of all rows to 0…1.
func scale(rows []Ranked, c int, inverse bool) {
	least, most := math.Inf(1), math.Inf(-1)
	for i := range rows {
		if v := rows[i].Values[c]; !math.IsNaN(v) {
			least, most = min(least, v), max(most, v)
		}
	}
	for i := range rows {
		s := (rows[i].Values[c] - least) / (most - least) // NaN where missing or all the same
		if inverse {
			s = 1 - s
		}
		rows[i].Scaled[c] = s
	}
}

// score is the weighted mean of what is known, and the weight of that.
func score(scaled, weights []float64) (mean, used float64) {
	for c, s := range scaled {
		if !math.IsNaN(s) {
			mean += weights[c] * s
			used += weights[c]
		}
	}
	if used > 0 {
		mean /= used
	}
	return mean, used
}

// steady counts how often each row is among the first when the weights are drawn
// anew.
func steady(rows []Ranked, weights []float64, o Options) {
	random := rand.New(rand.NewPCG(1, 2)) // the same question has the same answer
	drawn := make([]float64, len(weights))
	scores := make([]float64, len(rows))
	order := make([]int, len(rows))
	for range o.Draws {
		for c, w := range weights {
			drawn[c] = w * (1 + o.Spread*(2*random.Float64()-1))
		}
		for i := range rows {
			scores[i], _ = score(rows[i].Scaled, drawn)
			order[i] = i
		}
		slices.SortFunc(order, func(a, b int) int {
			return cmp.Or(cmp.Compare(scores[b], scores[a]), cmp.Compare(rows[a].Code, rows[b].Code))
		})
		for _, i := range order[:o.Top] {
			rows[i].Stability++
		}
	}
	for i := range rows {
		rows[i].Stability /= float64(o.Draws)
	}
}
