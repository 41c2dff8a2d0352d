// A module of the engine matrix: its score and metrics hold the seed that it is given and what each method draws from it.

/** A number that depends on every one of some numbers and on their order. */
function folded(numbers) {
  return numbers.reduce((sum, number) => 0.99 * sum + number, 0);
}

export default function draws({ random, seed, parameters: { plain = false } }) {
  const times = (draw) => folded(Array.from({ length: 500 }, draw));
  const common = {
    ...{ score: times(() => random.normal()), seed, uniform: times(() => random.uniform(-3, 7)) },
    boolean: times(() => Number(random.boolean(0.3))),
  };
  if (plain) return common;
  return {
    ...common,
    ...{ integer: times(() => random.integer(-5, 2 ** 40)), permutation: folded(random.permutation(100)) },
    ...{ sample: folded(random.sample([1, 2, 3, 4, 5, 6], 4)), bytes: folded([...random.bytes(33)]) },
  };
}
