// Whether the person's system asks for dark colours.

export const darkness = matchMedia('(prefers-color-scheme: dark)');
