// Reads the wire format of protocol buffers, of which vector tiles are made. What does
// not end where it says is an error.

const cut = 'the tile is cut short';

export class Message {
  /** Number of the field whose value comes next. */
  field = 0;
  private type = 0;

  constructor(readonly bytes: Uint8Array, private at = 0, private readonly end = bytes.length) {}

  /** Goes to the next field; false at the end. Its value must be read or skipped then. */
  next(): boolean {
    if (this.at >= this.end) return false;
    const key = this.number();
    this.field = key >>> 3;
    this.type = key & 7;
    return true;
  }

  /** Whether there is more to read of packed numbers. */
  get more(): boolean {
    return this.at < this.end;
  }

  /** An unsigned number; exact up to 2⁵³. */
  number(): number {
    let value = 0;
    let unit = 1;
    for (let i = 0; i < 10; i++) {
      if (this.at >= this.end) throw new Error(cut);
      const byte = this.bytes[this.at++]!;
      if (byte < 0x80) return value + byte * unit;
      value += (byte & 0x7f) * unit;
      unit *= 128;
    }
    throw new Error('a number in the tile is too long');
  }

  /** A number of two's complement in 64 bits. */
  signed(): number {
    const from = this.at;
    const value = this.number();
    if (this.at - from < 10) return value;
    let rest = 0;
    for (let i = 8; i >= 0; i--) rest = rest * 128 + (~this.bytes[from + i]! & 0x7f);
    return -1 - rest;
  }

  /** A signed number written in zigzag. */
  zigzag(): number {
    const value = this.number();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  float(): number {
    return this.fixed(4).getFloat32(0, true);
  }

  double(): number {
    return this.fixed(8).getFloat64(0, true);
  }

  /** The message within this one that is the field's value; packed numbers too. */
  message(): Message {
    if (this.type !== 2) throw new Error(`field ${this.field} of the tile is of another type`);
    const from = this.length();
    return new Message(this.bytes, from, this.at);
  }

  text(): string {
    const { bytes, at, end } = this.message();
    return utf8.decode(bytes.subarray(at, end));
  }

  skip(): void {
    if (this.type === 0) this.number();
    else if (this.type === 1) this.fixed(8);
    else if (this.type === 2) this.length();
    else if (this.type === 5) this.fixed(4);
    else throw new Error(`a field of the tile is of type ${this.type}`);
  }

  /** Goes past a value that says its length; returns where it begins. */
  private length(): number {
    const length = this.number();
    const from = this.at;
    this.at += length;
    if (this.at > this.end) throw new Error(cut);
    return from;
  }

  private fixed(size: number): DataView {
    this.at += size;
    if (this.at > this.end) throw new Error(cut);
    return new DataView(this.bytes.buffer, this.bytes.byteOffset + this.at - size, size);
  }
}

const utf8 = new TextDecoder();
