package live

import (
	"testing"
	"testing/synctest"
	"time"
)

func TestTilesAreKeptForAWhile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCache(1<<20, time.Minute)
		key := tileKey{version: 1, z: 3}
		c.put(key, Tile{Data: []byte("tile")})
		time.Sleep(time.Minute)
		if tile, ok := c.get(key); !ok || string(tile.Data) != "tile" {
			t.Error("a tile left before its time")
		}
		time.Sleep(time.Nanosecond)
		if _, ok := c.get(key); ok || c.size != 0 {
			t.Error("a tile stayed beyond its time")
		}
		none := newCache(1<<20, 0)
		none.put(key, Tile{})
		if _, ok := none.get(key); ok {
			t.Error("a tile is kept although none may be")
		}
	})
}

func TestCacheIsBounded(t *testing.T) {
	c := newCache(100_000, time.Hour)
	for i := range 1000 {
		c.put(tileKey{x: i}, Tile{Data: make([]byte, 1000)})
		if _, ok := c.get(tileKey{}); !ok {
			t.Fatal("what was just used left first")
		}
	}
	sum := 0
	for e := c.order.Front(); e != nil; e = e.Next() {
		sum += e.Value.(*kept).size()
	}
	if c.size > c.most || c.size != sum || len(c.byKey) != c.order.Len() {
		t.Errorf("%d bytes of %d, counted %d; %d keys for %d tiles", c.size, c.most, sum, len(c.byKey), c.order.Len())
	}
	c.put(tileKey{z: 9}, Tile{Data: make([]byte, 50_000)})
	if _, ok := c.get(tileKey{z: 9}); ok {
		t.Error("one tile takes more than a quarter of the room")
	}
}
