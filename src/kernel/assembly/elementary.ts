// The elementary functions a result's bits may depend on: compiled in, so the same instructions run on every engine.

export function exp(x: f64): f64 {
  return NativeMath.exp(x);
}

export function log(x: f64): f64 {
  return NativeMath.log(x);
}

export function log10(x: f64): f64 {
  return NativeMath.log10(x);
}

export function log1p(x: f64): f64 {
  return NativeMath.log1p(x);
}

export function sin(x: f64): f64 {
  return NativeMath.sin(x);
}

export function cos(x: f64): f64 {
  return NativeMath.cos(x);
}

export function logf(x: f32): f32 {
  return NativeMathf.log(x);
}

export function sinf(x: f32): f32 {
  return NativeMathf.sin(x);
}

export function cosf(x: f32): f32 {
  return NativeMathf.cos(x);
}
