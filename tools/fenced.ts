export { fenced } from "../config/fenced.ts";
