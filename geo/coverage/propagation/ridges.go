package propagation

// stretch is how many cells a stretch of a profile may lie off its middle.
const stretch = 4

// ridges returns for each cell the highest of the corners that samples within
// stretch cells of a place in it, each way, are interpolated between: those from
// stretch cells before it to stretch+1 after. It is the separable maximum of a
// window of ten, by doubling: of 2, 4, 8, then two of 8.
func ridges(heights []float32, width, height int) []float32 {
	const span = 2*stretch + 2
	peaks := make([]float32, len(heights))
	line := make([]float32, max(width, height)+span)
	for y := range height {
		row := heights[y*width : (y+1)*width]
		slide(line, row)
		copy(peaks[y*width:], line[:width])
	}
	// Down the columns, some at once: what lies side by side is in one line of the cache.
	const beside = 16
	columns := make([]float32, (height+span)*beside)
	for x := 0; x < width; x += beside {
		n := min(beside, width-x)
		for y := range height + span {
			from := min(max(y-stretch, 0), height-1)
			copy(columns[y*beside:y*beside+n], peaks[from*width+x:])
		}
		for _, by := range []int{1, 2, 4, 2} {
			for i := range len(columns) - by*beside {
				columns[i] = max(columns[i], columns[i+by*beside])
			}
		}
		for y := range height {
			copy(peaks[y*width+x:y*width+x+n], columns[y*beside:])
		}
	}
	return peaks
}

// slide writes into line the maxima of row from stretch before to stretch+1
// after each place; beyond the ends stands what is at them.
func slide(line, row []float32) {
	last := len(row) - 1
	line = line[:len(row)+2*stretch+1]
	for i := range line {
		line[i] = row[min(max(i-stretch, 0), last)]
	}
	for _, by := range []int{1, 2, 4, 2} {
		for i := range len(line) - by {
			line[i] = max(line[i], line[i+by])
		}
	}
}
