// Keeps drawn boxes apart: what would lie over an earlier box is not drawn.

export class Crowd {
  private readonly boxes: number[] = [];

  /** Takes the place of a box around a point if it is free. */
  take(x: number, y: number, halfWidth: number, halfHeight: number): boolean {
    const b = this.boxes;
    for (let i = 0; i < b.length; i += 4) {
      if (Math.abs(b[i]! - x) < b[i + 2]! + halfWidth && Math.abs(b[i + 1]! - y) < b[i + 3]! + halfHeight) return false;
    }
    b.push(x, y, halfWidth, halfHeight);
    return true;
  }
}
