import { loadAsset } from "../../assets/load.ts";
import type { LoadBytes } from "../engine.ts";
import type { LanguageId } from "../languages.ts";
import { METERS } from "./meters.ts";
import type { Meter } from "./meter.ts";

/** The meter of a language, loaded as the program does. */
export async function loadMeter(language: LanguageId): Promise<Meter> {
  return await METERS[language]!.load(loadAsset as LoadBytes);
}
