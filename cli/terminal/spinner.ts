const FRAMES = [..."⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"];
const FRAME_MS = 100;

/** What shows that something goes on: another sign ten times a second. @param ms a time that passes */
export function spinnerAt(ms: number): string {
  return FRAMES[Math.floor(ms / FRAME_MS) % FRAMES.length]!;
}
