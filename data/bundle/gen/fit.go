package main

import (
	"fmt"
	"math"
)

// fit changes the weights of the sites with a target until the land in each of
// their cells has its target area (square metres), by Newton's method damped so
// that no cell vanishes (Kitagawa, Mérigot and Thibert, Convergence of a Newton
// algorithm for semi-discrete optimal transport, J. Eur. Math. Soc. 21, 2019).
// The derivative of a cell's area by a neighbour's weight is the length of
// their common border over twice the distance of their sites, negated. It
// returns the largest relative error that is left.
func fit(d *diagram, l *land, targets map[int]float64) (float64, error) {
	var wanted []int
	for i := range d.sites {
		if targets[i] > 0 {
			wanted = append(wanted, i)
		}
	}
	cells := clip(d, l, wanted)
	floor := math.Inf(1)
	for _, i := range wanted {
		floor = min(floor, areaOf(cells[i])/2, targets[i]/2)
	}
	if floor <= 0 {
		return 0, fmt.Errorf("a cell has no land at the start")
	}
	for round := 0; ; round++ {
		worst, total := misfit(cells, targets, wanted)
		if worst < 1e-4 || round == 60 {
			return worst, nil
		}
		step := newton(d, cells, targets, wanted)
		damping := 1.0
		before := append([]float64(nil), d.weights...)
		for {
			for k, i := range wanted {
				d.weights[i] = before[i] + damping*step[k]
			}
			next := clip(d, l, wanted)
			_, now := misfit(next, targets, wanted)
			if smallest(next, wanted) > floor && now <= (1-damping/2)*total {
				cells = next
				break
			}
			if damping /= 2; damping < 1e-6 {
				copy(d.weights, before)
				return worst, nil
			}
		}
	}
}

func smallest(cells map[int][]border, wanted []int) float64 {
	least := math.Inf(1)
	for _, i := range wanted {
		least = min(least, areaOf(cells[i]))
	}
	return least
}

// misfit returns the largest relative error, and the norm of all errors.
func misfit(cells map[int][]border, targets map[int]float64, wanted []int) (worst, norm float64) {
	for _, i := range wanted {
		e := areaOf(cells[i]) - targets[i]
		worst = max(worst, math.Abs(e)/targets[i])
		norm += e * e
	}
	return worst, math.Sqrt(norm)
}

// newton solves for the change of weights that would bring the areas to their
// targets if they were linear, by conjugate gradients.
func newton(d *diagram, cells map[int][]border, targets map[int]float64, wanted []int) []float64 {
	row := make(map[int]int, len(wanted))
	for k, i := range wanted {
		row[i] = k
	}
	type entry struct {
		column int // -1: a site whose weight is fixed
		value  float64
	}
	matrix := make([][]entry, len(wanted))
	rest := make([]float64, len(wanted))
	for k, i := range wanted {
		rest[k] = targets[i] - areaOf(cells[i])
		for _, b := range cells[i] {
			if b.other < 0 {
				continue
			}
			column, ok := row[int(b.other)]
			if !ok {
				column = -1
			}
			length := apart(plane(b.from.degrees()), plane(b.to.degrees()))
			matrix[k] = append(matrix[k], entry{column, length / (2 * apart(d.sites[i], d.sites[b.other]))})
		}
	}
	times := func(x []float64) []float64 {
		y := make([]float64, len(x))
		for k, entries := range matrix {
			for _, e := range entries {
				y[k] += e.value * x[k]
				if e.column >= 0 {
					y[k] -= e.value * x[e.column]
				}
			}
		}
		return y
	}
	x := make([]float64, len(wanted))
	direction := append([]float64(nil), rest...)
	size := dot(rest, rest)
	goal := size * 1e-16
	for n := 0; n < 4*len(wanted) && size > goal; n++ {
		image := times(direction)
		a := size / dot(direction, image)
		for k := range x {
			x[k] += a * direction[k]
			rest[k] -= a * image[k]
		}
		next := dot(rest, rest)
		for k := range direction {
			direction[k] = rest[k] + next/size*direction[k]
		}
		size = next
	}
	return x
}

func dot(a, b []float64) float64 {
	sum := 0.0
	for i := range a {
		sum += a[i] * b[i]
	}
	return sum
}
