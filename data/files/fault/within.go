package fault

import "io"

// Within reads a file of size bytes, which messages call what ("the ZIP
// archive"), for readers that go where the file tells them to: a place outside
// it is an *Error of the file, where the system's own would look like one of
// the disk.
func Within(r io.ReaderAt, size int64, what string) io.ReaderAt { return within{r, size, what} }

type within struct {
	io.ReaderAt
	size int64
	what string
}

func (w within) ReadAt(p []byte, at int64) (int, error) {
	if at < 0 || at > w.size {
		return 0, New("%s says that something is at byte %d, and has %d bytes", w.what, at, w.size)
	}
	return w.ReaderAt.ReadAt(p, at)
}
