package live

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
)

func TestWhoLeavesDoesNotDisturbTheOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var f flights[string, int]
		worked := 0
		finish := make(chan struct{})
		work := func(ctx context.Context) (int, error) {
			worked++
			select {
			case <-finish:
				return 7, nil
			case <-ctx.Done():
				return 0, ctx.Err()
			}
		}
		leaving, leave := context.WithCancel(t.Context())
		var all sync.WaitGroup
		for i := range 64 {
			all.Go(func() {
				ctx := t.Context()
				if i%2 == 0 {
					ctx = leaving
				}
				n, err := f.do(ctx, "key", work)
				if i%2 == 0 && !errors.Is(err, context.Canceled) {
					t.Errorf("who left got %v", err)
				}
				if i%2 == 1 && (n != 7 || err != nil) {
					t.Errorf("who stayed got %d, %v", n, err)
				}
			})
		}
		synctest.Wait()
		leave()
		synctest.Wait()
		close(finish)
		all.Wait()
		if worked != 1 || len(f.running) != 0 {
			t.Errorf("worked %d times, %d still running", worked, len(f.running))
		}
	})
}

func TestWorkStopsWhenTheLastHasLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var f flights[string, int]
		ctx, leave := context.WithCancel(t.Context())
		stopped := false
		for range 2 {
			go func() {
				_, _ = f.do(ctx, "key", func(ctx context.Context) (int, error) {
					<-ctx.Done()
					stopped = true
					return 0, ctx.Err()
				})
			}()
		}
		synctest.Wait()
		leave()
		synctest.Wait()
		if !stopped {
			t.Error("the work goes on for nobody")
		}
		n, err := f.do(t.Context(), "key", func(context.Context) (int, error) { return 1, nil })
		if n != 1 || err != nil {
			t.Errorf("who comes after gets %d, %v", n, err)
		}
	})
}
