package priority

import (
	"errors"
	"math"
	"testing"

	"pgregory.net/rapid"
)

var nan = math.NaN()

// example is the worked example of the planner's methods.
func example() ([]Criterion, []Row) {
	criteria := []Criterion{
		{"gap", .40, false},
		{"poi", .15, false},
		{"tourists", .15, false},
		{"road", .10, false},
		{"fibre", .05, false},
		{"official", .10, false},
		{"speed", .05, true},
	}
	return criteria, []Row{
		{"A", []float64{2400, 3, 120000, 6, 9, 1, 1.2}},
		{"B", []float64{900, 1, 0, 2, 3, 0, 8}},
		{"C", []float64{0, 0, 15000, .5, 1, 0, nan}},
		{"D", []float64{1500, 2, 40000, 9, 15, 1, nan}},
	}
}

func TestWorkedExample(t *testing.T) {
	criteria, rows := example()
	ranked, err := Rank(criteria, rows, Options{Top: 2})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []struct {
		code         string
		score, used  float64
		leastTimesIn float64
	}{{"A", .943277, 1, 1}, {"D", .684211, .95, 1}, {"B", .224790, 1, 0}, {"C", .019737, .95, 0}} {
		got := ranked[i]
		if got.Code != want.code || got.Rank != i+1 || math.Abs(got.Score-want.score) > 5e-7 || math.Abs(got.WeightUsed-want.used) > 1e-12 || got.Stability != want.leastTimesIn {
			t.Errorf("%d: %s %.6f with weight %.2f, stable %.2f; want %s %.6f, %.2f, %.2f",
				i+1, got.Code, got.Score, got.WeightUsed, got.Stability, want.code, want.score, want.used, want.leastTimesIn)
		}
	}
}

func TestRefusesWeightsThatMeanNothing(t *testing.T) {
	for name, weights := range map[string][]float64{
		"negative": {1, -1}, "all zero": {0, 0}, "none": {}, "not a number": {nan, 1}, "infinite": {math.Inf(1), 1}, "too great": {math.MaxFloat64, math.MaxFloat64},
	} {
		var criteria []Criterion
		for _, w := range weights {
			criteria = append(criteria, Criterion{Name: "c", Weight: w})
		}
		if _, err := Rank(criteria, nil, Options{}); !errors.Is(err, ErrWeights) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Rank([]Criterion{{Name: "c", Weight: 1}}, []Row{{"A", nil}}, Options{}); !errors.Is(err, ErrWeights) {
		t.Error("a row without values:", err)
	}
}

func TestTheOrderOfRowsChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		criteria, _ := example()
		value := rapid.Custom(func(t *rapid.T) float64 {
			if rapid.IntRange(0, 4).Draw(t, "missing") == 0 {
				return nan
			}
			return float64(rapid.IntRange(0, 5).Draw(t, "value"))
		})
		var rows []Row
		for i := range rapid.IntRange(0, 12).Draw(t, "rows") {
			rows = append(rows, Row{string(rune('A' + i)), rapid.SliceOfN(value, len(criteria), len(criteria)).Draw(t, "values")})
		}
		top := rapid.IntRange(0, 5).Draw(t, "top")
		a, err := Rank(criteria, rows, Options{Top: top, Draws: 20})
		if err != nil {
			t.Fatal(err)
		}
		b, err := Rank(criteria, rapid.Permutation(rows).Draw(t, "order"), Options{Top: top, Draws: 20})
		if err != nil {
			t.Fatal(err)
		}
		in := 0.0
		for i := range a {
			if a[i].Code != b[i].Code || a[i].Score != b[i].Score || a[i].Stability != b[i].Stability {
				t.Fatalf("%+v and %+v", a[i], b[i])
			}
			if a[i].Score < 0 || a[i].Score > 1 || a[i].WeightUsed < 0 || a[i].WeightUsed > 1+1e-12 {
				t.Fatalf("%+v", a[i])
			}
			in += a[i].Stability
		}
		if want := float64(min(len(rows), map[bool]int{true: len(rows), false: top}[top == 0])); math.Abs(in-want) > 1e-9 {
			t.Fatalf("%v places of %v are filled", in, want)
		}
	})
}
