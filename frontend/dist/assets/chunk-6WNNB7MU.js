var e=matchMedia("(prefers-color-scheme: dark)");export{e as a};
