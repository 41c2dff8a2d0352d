// The article's network as one would write it by hand: Float32Array and Math.fround, one network at a time.
const { fround, sqrt, random } = Math;

const hidden = 10;
const rows = 9;
const epochs = 100;
const size = 3 * hidden + 1;
// Keras 2.0.3's defaults for Adam.
const [rate, beta1, beta2, epsilon] = [0.001, 0.9, 0.999, 1e-8].map(fround);
const [rest1, rest2] = [fround(1 - beta1), fround(1 - beta2)];
const inputs = Float32Array.from({ length: rows }, (_, row) => row / 10);
const targets = Float32Array.from({ length: rows }, (_, row) => (row + 1) / 10);

/** The parameters in one array: hidden weights, hidden biases, output weights, output bias. Glorot uniform, biases 0. */
function initialize() {
  const limit = sqrt(6 / (1 + hidden));
  const parameters = new Float32Array(size);
  for (let unit = 0; unit < hidden; unit += 1) {
    parameters[unit] = (2 * random() - 1) * limit;
    parameters[2 * hidden + unit] = (2 * random() - 1) * limit;
  }
  return parameters;
}

/** Fisher-Yates, in place. */
function shuffle(order) {
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    const kept = order[last];
    order[last] = order[other];
    order[other] = kept;
  }
}

function predict(parameters, input) {
  let output = parameters[3 * hidden];
  for (let unit = 0; unit < hidden; unit += 1) {
    const value = fround(fround(input * parameters[unit]) + parameters[hidden + unit]);
    output = fround(output + fround(value * parameters[2 * hidden + unit]));
  }
  return output;
}

/** Adds the gradient of one row's share of the mean squared error. */
function addGradient(parameters, gradient, row) {
  const input = inputs[row];
  const error = fround(fround(predict(parameters, input) - targets[row]) * fround(2 / rows));
  for (let unit = 0; unit < hidden; unit += 1) {
    const weight = parameters[2 * hidden + unit];
    const value = fround(fround(input * parameters[unit]) + parameters[hidden + unit]);
    const back = fround(error * weight);
    gradient[unit] = fround(gradient[unit] + fround(back * input));
    gradient[hidden + unit] = fround(gradient[hidden + unit] + back);
    gradient[2 * hidden + unit] = fround(gradient[2 * hidden + unit] + fround(error * value));
  }
  gradient[3 * hidden] = fround(gradient[3 * hidden] + error);
}

function adamStep(parameters, gradient, first, second, step) {
  for (let index = 0; index < size; index += 1) {
    const slope = gradient[index];
    const mean = fround(fround(beta1 * first[index]) + fround(rest1 * slope));
    const square = fround(fround(beta2 * second[index]) + fround(rest2 * fround(slope * slope)));
    first[index] = mean;
    second[index] = square;
    const divisor = fround(fround(sqrt(square)) + epsilon);
    parameters[index] = fround(parameters[index] - fround(fround(step * mean) / divisor));
  }
}

function meanSquaredError(parameters) {
  let sum = 0;
  for (let row = 0; row < rows; row += 1) sum += (predict(parameters, inputs[row]) - targets[row]) ** 2;
  return sum / rows;
}

/** One training → its mean squared error. */
export function trainOnce() {
  const parameters = initialize();
  const [gradient, first, second] = [0, 0, 0].map(() => new Float32Array(size));
  const order = Uint8Array.from({ length: rows }, (_, row) => row);
  let [power1, power2] = [1, 1];
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    shuffle(order);
    gradient.fill(0);
    for (const row of order) addGradient(parameters, gradient, row);
    power1 *= beta1;
    power2 *= beta2;
    adamStep(parameters, gradient, first, second, fround((rate * sqrt(1 - power2)) / (1 - power1)));
  }
  return meanSquaredError(parameters);
}
