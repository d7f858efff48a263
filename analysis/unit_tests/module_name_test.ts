import { equal } from "node:assert/strict";
import { pythonModuleOf } from "./module_name.ts";

Deno.test("pythonModuleOf() names what an import can name", () => {
  const cases: [string, string | undefined][] = [
    ["app.py", "app"],
    ["./app.py", "app"],
    ["shop/cart.py", "shop.cart"],
    ["src/shop/cart.py", "shop.cart"],
    ["src\\shop\\cart.pyw", "shop.cart"],
    ["src.py", "src"],
    ["shop/__init__.py", "shop"],
    ["../other/app.py", "other.app"],
    ["my-project/shop/cart.py", "shop.cart"],
    ["größe.py", "größe"],
    ["script", "script"],
    ["my-script.py", undefined],
    ["2.py", undefined],
    ["__init__.py", undefined],
  ];
  for (const [path, name] of cases) equal(pythonModuleOf(path), name, path);
});
