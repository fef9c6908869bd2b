package coverage

import (
	"slices"
	"strconv"

	"github.com/petadesa/petadesa/geo"
)

// check compares the query's names with those of the snapshot.
func (s *scene) check(q *Query) error {
	if err := s.checkOperator(q); err != nil {
		return err
	}
	for _, code := range q.Villages {
		if _, ok := s.villages.Find(code); !ok {
			return &ParamError{Parameter: "village", Value: code, Reason: "there is no village of that code"}
		}
	}
	codes := s.districtCodes()
	for _, code := range q.Districts {
		if !slices.Contains(codes, code) {
			return &ParamError{Parameter: "district", Value: code, Reason: "there is no district of that code", Allowed: codes}
		}
	}
	if err := s.checkRoads(q); err != nil {
		return err
	}
	var points []string
	for _, l := range s.snap.Layers() {
		if l.Collection.Geometry == geo.Point && !l.Derived {
			points = append(points, l.Collection.ID)
		}
	}
	if q.POI != "destinations" && !slices.Contains(points, q.POI) {
		return &ParamError{Parameter: "poi", Value: q.POI, Reason: "is no collection of points", Allowed: points}
	}
	if q.Filter != nil {
		if err := q.Filter.Check(&s.villages.Collection); err != nil {
			return &ParamError{Parameter: "filter", Value: q.Filter.String(), Reason: err.Error()}
		}
	}
	return nil
}

// checkOperator admits any, all, each, a number from 1 to 20, and the
// operators that any evidence of any technology names.
func (s *scene) checkOperator(q *Query) error {
	if n, err := strconv.Atoi(q.Operator); err == nil {
		if n < 1 || n > 20 {
			return &ParamError{Parameter: "operator", Value: q.Operator, Reason: "at least so many operators: want 1 to 20"}
		}
		return nil
	}
	allowed := []string{"any", "all", "each"}
	for _, t := range Technologies() {
		for _, o := range s.operators(t, "best") {
			if !slices.Contains(allowed, o) {
				allowed = append(allowed, o)
			}
		}
	}
	slices.Sort(allowed[3:])
	if !slices.Contains(allowed, q.Operator) {
		return &ParamError{Parameter: "operator", Value: q.Operator, Reason: "there is no operator of that name; a number asks for at least so many", Allowed: allowed}
	}
	return nil
}

func (s *scene) checkRoads(q *Query) error {
	roads := s.snap.Layer("roads")
	if q.NearRoad > 0 && (roads == nil || roads.Len() == 0) {
		return &ParamError{Parameter: "near_road", Value: strconv.FormatFloat(q.NearRoad, 'g', -1, 64), Reason: "there are no roads"}
	}
	var classes []string
	if roads != nil {
		if c := roads.Column("class"); c != nil && c.Field.Type == geo.String {
			classes = slices.Clone(c.Words())
			slices.Sort(classes)
		}
	}
	for _, class := range q.RoadClass {
		if !slices.Contains(classes, class) {
			return &ParamError{Parameter: "road_class", Value: class, Reason: "there are no roads of that class", Allowed: classes}
		}
	}
	return nil
}

func (s *scene) districtCodes() []string {
	c := s.villages.Column("district_code")
	if c == nil || c.Field.Type != geo.String {
		return nil
	}
	codes := slices.Clone(c.Words())
	slices.Sort(codes)
	return codes
}

// choose returns the villages that the query asks for, by position.
func (s *scene) choose(q *Query) ([]int, error) {
	test := func(int) bool { return true }
	if q.Filter != nil {
		var err error
		if test, err = q.Filter.Compile(s.villages); err != nil {
			return nil, &ParamError{Parameter: "filter", Value: q.Filter.String(), Reason: err.Error()}
		}
	}
	var chosen []int
	for v := range s.villages.Len() {
		switch {
		case len(q.Villages) > 0 && !slices.Contains(q.Villages, s.villages.ID(v)):
		case len(q.Districts) > 0 && !slices.Contains(q.Districts, s.text("district_code", v)):
		case q.BBox != nil && !s.villages.Intersects(v, *q.BBox):
		case !test(v):
		default:
			chosen = append(chosen, v)
		}
	}
	return chosen, nil
}

// text returns a property of a village, "" for none.
func (s *scene) text(name string, v int) string {
	if c := s.villages.Column(name); c != nil {
		t, _ := c.Value(v).(string)
		return t
	}
	return ""
}
