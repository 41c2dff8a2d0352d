/** Uniforms of [0, 1) moved to [low, high) in place, in float32: u · (high − low) + low. */
export function scaleUniforms(uniforms: Float32Array, low: number, high: number): Float32Array {
  const start = Math.fround(low);
  const width = Math.fround(Math.fround(high) - start);
  for (let i = 0; i < uniforms.length; i++) uniforms[i] = Math.fround((uniforms[i] as number) * width) + start;
  return uniforms;
}
