import type { Environment } from './answer.js';
import { looksSecret } from './secrets.js';

const names = (text: string) => text.trim().split(/\s+/);

/** Variables that change a program's numbers, or say where it ran. */
const CHOSEN = [
  // Threads: they decide the order of sums.
  ...names(`BLIS_NUM_THREADS GOMAXPROCS GOTO_NUM_THREADS JULIA_NUM_THREADS MKL_DOMAIN_NUM_THREADS MKL_DYNAMIC MKL_NUM_THREADS
    NUMBA_NUM_THREADS NUMEXPR_MAX_THREADS NUMEXPR_NUM_THREADS OMP_DYNAMIC OMP_NUM_THREADS OMP_PLACES OMP_PROC_BIND OMP_SCHEDULE
    OMP_THREAD_LIMIT OPENBLAS_NUM_THREADS POLARS_MAX_THREADS RAYON_NUM_THREADS R_DATATABLE_NUM_THREADS RCPP_PARALLEL_NUM_THREADS
    TBB_NUM_THREADS TF_NUM_INTEROP_THREADS TF_NUM_INTRAOP_THREADS UV_THREADPOOL_SIZE VECLIB_MAXIMUM_THREADS`),
  // Which instructions a library takes.
  ...names(`ATEN_CPU_CAPABILITY DNNL_MAX_CPU_ISA MKL_CBWR MKL_ENABLE_INSTRUCTIONS NPY_DISABLE_CPU_FEATURES ONEDNN_MAX_CPU_ISA
    OPENBLAS_CORETYPE TF_ENABLE_ONEDNN_OPTS`),
  // Seeds, determinism, devices, precision.
  ...names(`CUBLAS_WORKSPACE_CONFIG CUDA_DEVICE_ORDER CUDA_LAUNCH_BLOCKING CUDA_VISIBLE_DEVICES HIP_VISIBLE_DEVICES JAX_DEFAULT_MATMUL_PRECISION
    JAX_ENABLE_X64 JAX_PLATFORMS JAX_PLATFORM_NAME KERAS_BACKEND NCCL_ALGO NCCL_PROTO NVIDIA_TF32_OVERRIDE PL_GLOBAL_SEED PYTHONHASHSEED
    PYTORCH_ENABLE_MPS_FALLBACK TF_CUDNN_DETERMINISTIC TF_DETERMINISTIC_OPS TF_XLA_FLAGS THEANO_FLAGS TOKENIZERS_PARALLELISM
    TORCH_ALLOW_TF32_CUBLAS_OVERRIDE XLA_FLAGS`),
  // Which libraries R takes.
  ...names('R_DEFAULT_PACKAGES R_LIBS R_LIBS_SITE R_LIBS_USER R_PROFILE_USER'),
  // Language and time.
  ...names('LANG LANGUAGE LC_ALL LC_COLLATE LC_CTYPE LC_NUMERIC LC_TIME SOURCE_DATE_EPOCH TZ'),
  // Continuous integration.
  ...names('CI GITHUB_RUN_ATTEMPT GITHUB_RUN_ID GITHUB_SHA'),
].sort();

/** The variables of an environment that explain numbers, by name; one whose value looks like a secret is left out even here. */
export function chosenEnvironment(env: Environment): Record<string, string> {
  const chosen: Record<string, string> = {};
  for (const name of CHOSEN) {
    const value = env[name];
    if (value !== undefined && !looksSecret(name, value)) chosen[name] = value;
  }
  return chosen;
}
