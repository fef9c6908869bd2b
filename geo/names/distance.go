package names

// within reports whether a becomes b by at most most slips: the distance of
// Damerau and Levenshtein (optimal string alignment), on runes.
func within(a, b string, most int) bool {
	x, y := []rune(a), []rune(b)
	if most <= 0 || max(len(x)-len(y), len(y)-len(x)) > most {
		return a == b
	}
	before, last, row := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(x); i++ {
		row[0] = i
		least := i
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			least = min(least, row[j])
		}
		if least > most {
			return false
		}
		before, last, row = last, row, before
	}
	return last[len(y)] <= most
}
