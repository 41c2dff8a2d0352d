/** Half the width of Glorot's uniform distribution, √(6 / (inputs + outputs)): X. Glorot & Y. Bengio, AISTATS 2010. */
export function glorotUniformLimit(inputs: number, outputs: number): number {
  return Math.sqrt(6 / (inputs + outputs));
}
