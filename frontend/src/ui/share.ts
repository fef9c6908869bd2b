// Shares a feature: its name, its coordinates in plain text, its link.

import type { Place } from '../data/mercator';
import { type Context, speaker } from './context';

/** Hands the text to the system's share sheet, or copies it. */
export async function shareFeature(title: string, place: Place | undefined, context: Context): Promise<void> {
  const say = speaker(context.store);
  const where = place ? `\n${place.lat.toFixed(5)}, ${place.lon.toFixed(5)}` : '';
  const link = location.href;
  if (navigator.share && matchMedia('(pointer: coarse)').matches) {
    try {
      await navigator.share({ title, text: title + where, url: link });
      return;
    } catch (error) {
      if ((error as Error).name === 'AbortError') return;
    }
  }
  const content = `${title}${where}\n${link}`;
  try {
    await navigator.clipboard.writeText(content);
    context.announce(say('copied'), true);
  } catch {
    context.announce(content, true);
  }
}
