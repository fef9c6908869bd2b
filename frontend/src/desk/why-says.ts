// Why an operator is received at a place or not, in the words of the page, from
// what the server says of its evidence.

import type { Language } from '../schema/language';
import { formatNumber } from '../schema/fields';
import type { OperatorAt, Threshold } from './types';
import type { DeskSay } from './words';

/** Where only a signal is asked for, the model takes one from here on, in dBm: PresenceRSRP of the server. */
const presence = -110;

export function whySays(o: OperatorAt, threshold: Threshold, say: DeskSay, language: Language): string {
  const n = (v: number, digits: number) => formatNumber(v, language, digits);
  const covered = o.state === 'covered';
  switch (o.evidence) {
    case 'measured':
      return say(covered ? 'whyMeasured' : 'whyMeasuredNot');
    case 'claimed':
      return say(covered ? 'whyClaimed' : 'whyClaimedNot');
    case 'modelled':
      if (threshold.radius_m) return say('whyBuffer', { km: n(threshold.radius_m / 1000, 0) });
      if (o.tower && o.rsrp_dbm !== null) return say(covered ? 'whyModelled' : 'whyModelledNot', { tower: o.tower.id, km: n(o.tower.distance_km, 2), dbm: n(o.rsrp_dbm, 1), least: n(threshold.min_rsrp ?? presence, 0) });
      if (covered) return say('whyDrawn');
      return o.tower ? say('whyUnheard', { tower: o.tower.id, km: n(o.tower.distance_km, 2) }) : say('whyNoTower');
    default:
      return say('whyUnknown');
  }
}
