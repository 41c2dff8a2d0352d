// Embedding: a table of vectors, looked up by the integers of a row's features.
import { Layer, outputRow, V } from './layer';

/** Where in the table a lane's vector for a feature begins. */
function vectorAt(layer: Layer, feature: usize, lane: usize): usize {
  return (<usize>(<u32>load<f32>(feature + lane) * (layer.units / layer.inputs))) << 4;
}

/** Copies the vectors of `rows` rows into the outputs. */
export function lookUp(layer: Layer, rows: u32): void {
  const width = (<usize>(layer.units / layer.inputs)) << 4;
  let input = layer.input;
  let output = layer.outputs;
  for (let row: u32 = 0; row < rows; row++, input += layer.inputRow, output += V) {
    for (let feature = input; feature < input + <usize>layer.inputs * V; feature += V, output += width) {
      for (let lane: usize = 0; lane < 16; lane += 4) {
        const vector = layer.parameters + vectorAt(layer, feature, lane);
        for (let at = lane; at < width; at += V) store<f32>(output + at, load<f32>(vector + at));
      }
    }
  }
}

/**
 * Adds the outputs' derivatives of `rows` rows to the gradients of the vectors they came from.
 *
 * @param input rows × inputs, and
 * @param deltas rows × (units + 1), in the order in which they are to be summed
 */
export function addEmbeddingGradient(layer: Layer, input: usize, inputRow: usize, deltas: usize, rows: u32): void {
  memory.fill(layer.gradients, 0, (<usize>layer.parameterCount) << 4);
  const width = (<usize>(layer.units / layer.inputs)) << 4;
  for (let row: u32 = 0; row < rows; row++, input += inputRow) {
    let delta = deltas + <usize>row * outputRow(layer);
    for (let feature = input; feature < input + <usize>layer.inputs * V; feature += V, delta += width) {
      for (let lane: usize = 0; lane < 16; lane += 4) {
        const gradient = layer.gradients + vectorAt(layer, feature, lane);
        for (let at = lane; at < width; at += V) {
          store<f32>(gradient + at, load<f32>(gradient + at) + load<f32>(delta + at));
        }
      }
    }
  }
}
