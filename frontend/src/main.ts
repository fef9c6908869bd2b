// The first view: its styles, what is asked of the server at once, and the application.

import './styles/main.css';
import { askEarly } from './early';

const early = askEarly();
void import('./begin').then(({ begin }) => begin(early));
