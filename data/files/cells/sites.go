package cells

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// A Site is where cells of one operator are.
type Site struct {
	ID           string
	Operator     string
	Technologies []string // in order: 2g, 3g, 4g, 5g
	Lon, Lat     float64
	ErrorM       float64 // how far the mast may be from there
	Cells        int
	Samples      int64
	Updated      int64

	radios uint8
}

// key is what cells of one site have in common.
type key struct {
	radio    Radio
	mcc, net int
	area     int64
	number   int64
}

func (c *Cell) key() key {
	k := key{radio: c.Radio, mcc: c.MCC, net: c.Net}
	switch c.Radio {
	case LTE:
		k.number = c.ID >> 8
	case NR:
		k.number = c.ID >> 12
	default:
		k.area, k.number = c.Area, (c.ID&0xffff)/10
	}
	return k
}

func (k key) id() string {
	if k.radio == LTE || k.radio == NR {
		return fmt.Sprintf("%d-%02d-%s-%d", k.mcc, k.net, k.radio, k.number)
	}
	return fmt.Sprintf("%d-%02d-%s-%d-%d", k.mcc, k.net, k.radio, k.area, k.number)
}

// gather makes sites of cells, whose order it changes but does not depend on.
func gather(cells []Cell) []Site {
	slices.SortFunc(cells, func(a, b Cell) int {
		x, y := a.key(), b.key()
		return cmp.Or(cmp.Compare(x.mcc, y.mcc), cmp.Compare(x.net, y.net), cmp.Compare(x.radio, y.radio),
			cmp.Compare(x.area, y.area), cmp.Compare(x.number, y.number), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Area, b.Area),
			cmp.Compare(a.Lon, b.Lon), cmp.Compare(a.Lat, b.Lat), cmp.Compare(a.Samples, b.Samples), cmp.Compare(a.Range, b.Range), cmp.Compare(a.Updated, b.Updated))
	})
	var sites []Site
	for i := 0; i < len(cells); {
		j := i + 1
		for j < len(cells) && cells[j].key() == cells[i].key() {
			j++
		}
		sites = append(sites, split(cells[i:j])...)
		i = j
	}
	return merge(sites)
}

// split makes one site of cells of one key, and one each of those that are too
// far off to belong to it.
func split(cells []Cell) []Site {
	k := cells[0].key()
	if k.radio == LTE || k.radio == NR {
		return []Site{site(k.id(), cells)}
	}
	lon, lat := middle(cells)
	near := make([]Cell, 0, len(cells))
	var sites []Site
	for i := range cells {
		if distance(lon, lat, cells[i].Lon, cells[i].Lat) <= Apart {
			near = append(near, cells[i])
			continue
		}
		sites = append(sites, site(fmt.Sprintf("%s-far%d", k.id(), len(sites)+1), cells[i:i+1]))
	}
	if len(near) > 0 {
		sites = append(sites, site(k.id(), near))
	}
	return sites
}

// site is where its cells are: the weighted median of their positions, which one
// stray cell does not move. It may be off by the root mean square distance of
// the cells from there, but not by less than what the middle of so many cells of
// such ranges is: half of the mean range by the square root of their number.
func site(id string, cells []Cell) Site {
	s := Site{ID: id, Cells: len(cells), radios: 1 << cells[0].Radio, Operator: Operator(cells[0].MCC, cells[0].Net)}
	if s.Operator == "" {
		s.Operator = fmt.Sprintf("%d-%02d", cells[0].MCC, cells[0].Net)
	}
	s.Lon, s.Lat = middle(cells)
	var squares, weights, reach float64
	for i := range cells {
		c := &cells[i]
		w := float64(max(1, c.Samples))
		d := distance(s.Lon, s.Lat, c.Lon, c.Lat)
		squares, weights, reach = squares+w*d*d, weights+w, reach+c.Range
		s.Samples += c.Samples
		s.Updated = max(s.Updated, c.Updated)
	}
	n := float64(len(cells))
	s.ErrorM = math.Round(max(math.Sqrt(squares/weights), reach/n/2/math.Sqrt(n)))
	return s
}

// middle is the weighted median of longitudes and of latitudes.
func middle(cells []Cell) (lon, lat float64) {
	median := func(at func(*Cell) float64) float64 {
		order := make([]int, len(cells))
		var total float64
		for i := range cells {
			order[i] = i
			total += float64(max(1, cells[i].Samples))
		}
		slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(at(&cells[a]), at(&cells[b])) })
		var sum float64
		for k, i := range order {
			sum += float64(max(1, cells[i].Samples))
			switch {
			case sum == total/2:
				return (at(&cells[i]) + at(&cells[order[k+1]])) / 2
			case sum > total/2:
				return at(&cells[i])
			}
		}
		return at(&cells[order[len(order)-1]])
	}
	// To a metre: finer digits mean nothing here.
	metre := func(x float64) float64 { return math.Round(x*1e5) / 1e5 }
	return metre(median(func(c *Cell) float64 { return c.Lon })), metre(median(func(c *Cell) float64 { return c.Lat }))
}

// distance in metres, by the haversine on a sphere of 6,371,008.8 m.
func distance(lon1, lat1, lon2, lat2 float64) float64 {
	const rad = math.Pi / 180
	a := math.Sin((lat2 - lat1) * rad / 2)
	b := math.Sin((lon2 - lon1) * rad / 2)
	h := a*a + math.Cos(lat1*rad)*math.Cos(lat2*rad)*b*b
	return 2 * 6371008.8 * math.Asin(math.Sqrt(min(1, h)))
}
