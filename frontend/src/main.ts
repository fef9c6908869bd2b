// The first view: its styles, and the application. Parts that are loaded later are
// built to come after begin, never after the styles: see frontend/build/join.go.

import './styles/main.css';
import './begin';
