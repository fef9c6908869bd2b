package mvt

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// draw makes a layer of any features.
func draw(t *rapid.T, name string) Layer {
	l := Layer{Name: name, Version: 2, Extent: 4096}
	point := rapid.Custom(func(t *rapid.T) [2]int32 {
		return [2]int32{rapid.Int32Range(-1<<20, 1<<20).Draw(t, "x"), rapid.Int32Range(-1<<20, 1<<20).Draw(t, "y")}
	})
	value := rapid.OneOf(
		rapid.Map(rapid.String(), func(v string) any { return v }),
		rapid.Map(rapid.Uint64(), func(v uint64) any { return v >> 1 }),
		rapid.Map(rapid.Int64Max(-1), func(v int64) any { return v }),
		rapid.Map(rapid.Float32(), func(v float32) any { return v }),
		rapid.Map(rapid.Bool(), func(v bool) any { return v }),
	)
	for range rapid.IntRange(1, 6).Draw(t, "features") {
		f := Feature{Type: GeometryType(rapid.IntRange(1, 3).Draw(t, "type")), HasID: rapid.Bool().Draw(t, "has id")}
		if f.HasID {
			f.ID = rapid.Uint64().Draw(t, "id")
		}
		f.Properties = rapid.MapOfN(rapid.SampledFrom([]string{"name", "class", "é", ""}), value, 0, 4).Draw(t, "properties")
		least := map[GeometryType]int{Point: 1, LineString: 2, Polygon: 3}[f.Type]
		parts := rapid.IntRange(1, 3).Draw(t, "parts")
		if f.Type == Point {
			parts = 1
		}
		for range parts {
			f.Parts = append(f.Parts, rapid.SliceOfNDistinct(point, least, 8, rapid.ID).Draw(t, "part"))
		}
		l.Features = append(l.Features, f)
	}
	return l
}

func write(w *Writer, l Layer, tile []byte) []byte {
	var g Geometry
	w.Begin(l.Name, l.Extent)
	keys := map[string]uint32{}
	for _, f := range l.Features {
		g.Reset()
		g.Bytes = g.Bytes[:0]
		for _, p := range f.Parts {
			if f.Type == Point {
				g.Points(len(p))
				g.To(p[0][0], p[0][1])
			} else {
				g.Line(p[0][0], p[0][1], len(p))
			}
			for _, q := range p[1:] {
				g.To(q[0], q[1])
			}
			if f.Type == Polygon {
				g.Close()
			}
		}
		for _, name := range []string{"name", "class", "é", ""} {
			v, ok := f.Properties[name]
			if !ok {
				continue
			}
			if _, ok := keys[name]; !ok {
				keys[name] = w.Key(name)
			}
			w.Tag(keys[name], place(w, v))
		}
		w.Feature(f.ID, f.HasID, f.Type, g.Bytes)
	}
	return w.End(tile)
}

func place(w *Writer, v any) uint32 {
	switch v := v.(type) {
	case string:
		return w.String(v)
	case uint64:
		return w.Int(int64(v))
	case int64:
		return w.Int(v)
	case float32:
		return w.Number(float64(v))
	default:
		return w.Bool(v == true)
	}
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	var w Writer
	rapid.Check(t, func(t *rapid.T) {
		want := Tile{Layers: []Layer{draw(t, "a"), draw(t, "b")}}
		var data []byte
		for _, l := range want.Layers {
			data = write(&w, l, data)
		}
		got, err := Decode(data)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Fatal(d)
		}
		var again []byte
		var other Writer
		for _, l := range want.Layers {
			again = write(&other, l, again)
		}
		if !bytes.Equal(again, data) {
			t.Fatal("another writer writes other bytes")
		}
	})
}

func TestAnEmptyLayerIsLeftOut(t *testing.T) {
	var w Writer
	w.Begin("empty", 4096)
	w.Key("name")
	if b := w.End(nil); len(b) != 0 {
		t.Errorf("%d bytes", len(b))
	}
}

func TestValuesAreWrittenOnce(t *testing.T) {
	var w Writer
	w.Begin("a", 4096)
	text, whole, number, truth := w.String("x"), w.Int(7), w.Number(0.5), w.Bool(true)
	if w.String("x") != text || w.Int(7) != whole || w.Number(0.5) != number || w.Bool(true) != truth {
		t.Error("a value has two places")
	}
	if w.String("7") == w.Int(7) || w.Int(1) == w.Bool(true) {
		t.Error("values of two types share a place")
	}
}
