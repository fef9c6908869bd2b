package main

import (
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// usage is what a process took.
type usage struct {
	seconds, cpu float64
	peakMiB      float64
}

// measure runs a command. The peak is asked of the kernel while the process
// runs: what it tells at the end begins with ours, from which it was forked.
func measure(cmd *exec.Cmd) (u usage, err error) {
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return u, err
	}
	ended, watched := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(watched)
		for {
			u.peakMiB = max(u.peakMiB, highWater(cmd.Process.Pid))
			select {
			case <-ended:
				return
			case <-time.After(5 * time.Millisecond):
			}
		}
	}()
	err = cmd.Wait()
	close(ended)
	<-watched
	u.seconds = time.Since(began).Seconds()
	if r, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		u.cpu = time.Duration(r.Utime.Nano() + r.Stime.Nano()).Seconds()
	}
	return u, err
}

// highWater is the most memory in MiB that a process has held since it began its
// program; 0 when it cannot be told.
func highWater(pid int) float64 {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(text), "VmHWM:")
	kib, _, _ := strings.Cut(strings.TrimSpace(rest), " ")
	n, _ := strconv.ParseFloat(kib, 64)
	return n / 1024
}
