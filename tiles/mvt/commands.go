package mvt

import (
	"errors"
	"fmt"
)

// decodeGeometry follows the commands of a feature of that type.
func decodeGeometry(t GeometryType, commands []uint32) ([][][2]int32, error) {
	if t == Unknown {
		return nil, nil
	}
	var parts [][][2]int32
	var x, y int32
	open := false // a line or ring has begun and is not ended
	for i := 0; i < len(commands); {
		id, count := commands[i]&7, commands[i]>>3
		i++
		if id == closePath {
			if t != Polygon || !open || count != 1 || len(parts[len(parts)-1]) < 3 {
				return nil, errors.New("a ClosePath where none may be")
			}
			open = false
			continue
		}
		if id != moveTo && id != lineTo {
			return nil, fmt.Errorf("command %d is not known", id)
		}
		if count == 0 || int64(count)*2 > int64(len(commands)-i) {
			return nil, fmt.Errorf("a command for %d points, with %d numbers left", count, len(commands)-i)
		}
		if err := order(t, id, count, parts, open); err != nil {
			return nil, err
		}
		if id == moveTo {
			parts = append(parts, make([][2]int32, 0, count))
			open = true
		}
		last := &parts[len(parts)-1]
		for range count {
			x += unzigzag(commands[i])
			y += unzigzag(commands[i+1])
			if id == lineTo && (*last)[len(*last)-1] == [2]int32{x, y} {
				return nil, errors.New("a LineTo to where it is")
			}
			*last = append(*last, [2]int32{x, y})
			i += 2
		}
	}
	switch {
	case len(parts) == 0:
		return nil, errors.New("its geometry is empty")
	case t == Polygon && open:
		return nil, errors.New("its last ring is not closed")
	case t == LineString && len(parts[len(parts)-1]) < 2:
		return nil, errors.New("its last line has one point")
	}
	return parts, nil
}

// order reports what is wrong with a MoveTo or LineTo at this place.
func order(t GeometryType, id, count uint32, parts [][][2]int32, open bool) error {
	switch {
	case t == Point && (id != moveTo || open):
		return errors.New("points are one MoveTo")
	case t == Point:
		return nil
	case id == moveTo && count != 1:
		return errors.New("a MoveTo of several points in a line or ring")
	case id == moveTo && open && (t == Polygon || len(parts[len(parts)-1]) < 2):
		return errors.New("a MoveTo before the last part has ended")
	case id == lineTo && (!open || len(parts[len(parts)-1]) != 1):
		return errors.New("a LineTo that follows no MoveTo")
	}
	return nil
}

func unzigzag(v uint32) int32 { return int32(v>>1) ^ -int32(v&1) }
