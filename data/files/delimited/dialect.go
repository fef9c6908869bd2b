package delimited

import (
	"bytes"
	"io"
	"strconv"
	"strings"

	"github.com/petadesa/petadesa/data/files/tabular"
)

// delimiterOf finds the delimiter of a sample: the one by which the lines have
// the most even number of cells, two at least; the more cells the better. What
// a first line sep=; says goes before. Complete tells that the sample is the
// whole text.
func delimiterOf(sample []byte, complete bool) (delimiter byte, told bool) {
	if first, _, _ := bytes.Cut(sample, []byte("\n")); len(first) >= 5 && strings.EqualFold(string(first[:4]), "sep=") {
		if len(bytes.TrimRight(first, "\r")) == 5 {
			return first[4], true
		}
	}
	best, bestEven, bestCells := byte(','), 0.0, 0
	for _, d := range []byte(",;\t|") {
		even, cells := evenness(sample, d, complete)
		if even > bestEven+0.05 || even > bestEven-0.05 && cells > bestCells {
			best, bestEven, bestCells = d, even, cells
		}
	}
	return best, false
}

// evenness is the share of records with as many cells as the first, which has
// two at least.
func evenness(sample []byte, delimiter byte, complete bool) (share float64, cells int) {
	p := newParser(bytes.NewReader(sample), delimiter, len(sample)+1)
	var r tabular.Record
	var counts []int
	for {
		err := p.next(&r)
		if err == io.EOF {
			break
		}
		if err != nil {
			if complete || len(counts) == 0 {
				return 0, 0
			}
			break
		}
		counts = append(counts, len(r.Cells))
	}
	if !complete && len(counts) > 1 {
		counts = counts[:len(counts)-1] // it may be cut
	}
	if len(counts) == 0 || counts[0] < 2 {
		return 0, 0
	}
	n := 0
	for _, c := range counts {
		if c == counts[0] {
			n++
		}
	}
	return float64(n) / float64(len(counts)), counts[0]
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }
