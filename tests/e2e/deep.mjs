/** Whether everything is run at its full length: `cargo xtask test --deep`. */
export const DEEP = process.env.DATELINE_DEEP === "1";
