package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
)

// side of the grid of crossings: 224² of them have about 100,000 roads between.
const side = 224

// west and its like are a box in the regency.
const (
	west, south = 112.45, -8.35
	degrees     = 0.4
)

// road is a straight piece between two crossings.
type road struct {
	from, to int // crossings
	line     [2][2]float64
	name     string
	class    string
}

// madeRoads is a crooked grid of roads with names of the sort that there are:
// every eighth line is a greater road.
func madeRoads(random *rand.Rand) []road {
	crossings := make([][2]float64, side*side)
	for i := range crossings {
		jitter := func() float64 { return (random.Float64() - 0.5) * 0.6 }
		crossings[i] = [2]float64{
			west + degrees*(float64(i%side)+jitter())/side,
			south + degrees*(float64(i/side)+jitter())/side,
		}
	}
	var roads []road
	add := func(a, b, line int) {
		class := "village"
		if line%32 == 0 {
			class = "provincial"
		} else if line%8 == 0 {
			class = "regency"
		}
		roads = append(roads, road{a, b, [2][2]float64{crossings[a], crossings[b]}, "Jalan " + madeName(random) + " " + madeName(random), class})
	}
	for y := range side {
		for x := range side {
			n := y*side + x
			if x+1 < side {
				add(n, n+1, y)
			}
			if y+1 < side {
				add(n, n+side, x)
			}
		}
	}
	return roads
}

func madeName(random *rand.Rand) string {
	syllables := [...]string{
		"su", "ko", "re", "jo", "tum", "pang", "ba", "le", "kam", "bang", "won", "o", "sa", "ri", "ka", "li", "pa", "ngan", "tang", "do",
		"no", "mul", "yo", "ge", "dang", "an", "tir", "to", "yu", "ban", "jar", "wo", "ke", "san", "kar", "gon", "gi", "gak",
	}
	var b strings.Builder
	for i := range 3 + random.IntN(2) {
		s := syllables[random.IntN(len(syllables))]
		if i == 0 {
			s = strings.ToUpper(s[:1]) + s[1:]
		}
		b.WriteString(s)
	}
	return b.String()
}

// write saves roads as GeoJSON features, one a line.
func write(path string, roads []road) (err error) {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w := bufio.NewWriter(f)
	e := json.NewEncoder(w)
	for i, r := range roads {
		if err := e.Encode(map[string]any{
			"type": "Feature", "id": fmt.Sprint(i), "geometry": map[string]any{"type": "LineString", "coordinates": r.line},
			"properties": map[string]any{"name": r.name, "class": r.class, "surface": "asphalt", "source": "made from a seed"},
		}); err != nil {
			return err
		}
	}
	return w.Flush()
}

func place(random *rand.Rand) string { return placeWithin(random, degrees) }

// placeWithin is a place in a square of that many degrees.
func placeWithin(random *rand.Rand, size float64) string {
	middle := (degrees - size) / 2
	return fmt.Sprintf("%.5f,%.5f", west+middle+random.Float64()*size, south+middle+random.Float64()*size)
}
