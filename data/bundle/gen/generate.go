package main

import (
	"fmt"
	"io"
)

// generate writes every collection of the bundle.
func generate(facts, dir string, stdout io.Writer) error {
	w, err := newWorld(facts)
	if err != nil {
		return err
	}
	fmt.Fprintf(stdout, "largest error of a village's area: %.3f %%\n", w.misfit*100)
	makers := []func() (collection, error){
		w.villageCollection, w.neighbourCollection, w.roadCollection, w.destinationCollection,
		w.productCollection, w.blankspotCollection, w.towerCollection, w.coverageCollection,
	}
	for _, maker := range makers {
		c, err := maker()
		if err != nil {
			return err
		}
		if err := c.write(dir); err != nil {
			return fmt.Errorf("write %s: %w", c.name, err)
		}
		fmt.Fprintf(stdout, "%s: %d features\n", c.name, len(c.features))
	}
	return nil
}
