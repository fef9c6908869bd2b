// The speed between this browser and this server: the median of a few downloads
// and uploads, all bounded. It says nothing of the way to other servers.

import { call } from './request';

const path = '/api/reports/speed';

/** How many times each way is measured. */
const rounds = 3;

/** A first download tells how large the others may be: about a second each. */
const firstBytes = 64 << 10;
const mostDown = 512 << 10;
const mostUp = 256 << 10;
const leastBytes = 16 << 10;

/** Megabytes that a measurement uses at most. */
export const mostMegabytes = Math.ceil((firstBytes + rounds * (mostDown + mostUp)) / 100_000) / 10;

/** Mbps of each way, and milliseconds until the first byte of an answer. */
export interface Speed {
  readonly down: number;
  readonly up: number;
  readonly latency: number;
}

/** Measures; progress goes from 0 to 1. Rejects when signal ends it or the server refuses. */
export async function measureSpeed(signal: AbortSignal, progress: (part: number) => void): Promise<Speed> {
  const steps = 1 + 2 * rounds;
  let done = 0;
  const step = <T>(value: T): T => {
    progress(++done / steps);
    return value;
  };
  progress(0);
  const first = step(await download(firstBytes, signal, () => {}));
  const size = (mbps: number, most: number) => Math.round(Math.min(most, Math.max(leastBytes, mbps * 125_000)));
  const downs: Sample[] = [first];
  for (let i = 0; i < rounds; i++) downs.push(step(await download(size(first.mbps, mostDown), signal, (part) => progress((done + part) / steps))));
  const ups: number[] = [];
  for (let i = 0; i < rounds; i++) ups.push(step(await upload(size(first.mbps, mostUp), signal)));
  return { down: rounded(median(downs.slice(1).map((d) => d.mbps))), up: rounded(median(ups)), latency: Math.max(1, Math.round(median(downs.map((d) => d.latency)))) };
}

interface Sample {
  readonly mbps: number;
  readonly latency: number;
}

async function download(bytes: number, signal: AbortSignal, progress: (part: number) => void): Promise<Sample> {
  const asked = performance.now();
  const response = await call(`${path}?bytes=${bytes}`, { signal });
  const began = performance.now();
  const reader = response.body!.getReader();
  let got = 0;
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    got += chunk.value.byteLength;
    progress(got / bytes);
  }
  // The headers may come with the whole body: the time since the question is the cautious one.
  return { mbps: mbpsOf(got, performance.now() - asked), latency: began - asked };
}

async function upload(bytes: number, signal: AbortSignal): Promise<number> {
  const body = new Uint8Array(bytes);
  for (let i = 0; i < bytes; i += 65_536) crypto.getRandomValues(body.subarray(i, Math.min(bytes, i + 65_536)));
  const began = performance.now();
  await call(path, { method: 'POST', headers: { 'Content-Type': 'application/octet-stream' }, body, signal });
  return mbpsOf(bytes, performance.now() - began);
}

const mbpsOf = (bytes: number, ms: number): number => (bytes * 8) / 1000 / Math.max(ms, 0.1);

/** To a tenth, and no more than anybody would believe of a phone. */
const rounded = (mbps: number): number => Math.min(1000, Math.max(0.1, Math.round(mbps * 10) / 10));

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}
