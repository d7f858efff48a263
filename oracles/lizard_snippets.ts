import type { LanguageId } from "../analysis/languages.ts";

/** One text per language that lizard reads as its grammar does: what lizard says of it is recorded. */
export const SNIPPETS: { language: LanguageId; extension: string; source: string }[] = [
  {
    language: "javascript",
    extension: "js",
    source: `function route(request, table, fallback = null) {
  for (const entry of table) {
    if (entry.path === request.path && (entry.method === request.method || !entry.method)) {
      return entry;
    }
  }
  switch (request.kind) {
    case "a":
    case "b":
      return table[0] ?? fallback;
    default:
      return request.strict ? null : fallback;
  }
}
class Box {
  open(key) {
    try { return this.items[key]; } catch (error) { return undefined; }
  }
}
`,
  },
  {
    language: "typescript",
    extension: "ts",
    source: `export function clamp(value: number, low: number, high: number): number {
  if (value < low) return low;
  return value > high ? high : value;
}
class Queue {
  push(item: string, times: number): void {
    while (times > 0 && this.open) { times--; }
  }
}
`,
  },
  {
    language: "go",
    extension: "go",
    source: `package p

func (s *Store) Find(name string, deep bool) (int, error) {
	for i, one := range s.list {
		if one.name == name || (deep && one.alias == name) {
			return i, nil
		}
	}
	switch {
	case deep:
		return -1, nil
	case name == "":
		return -2, nil
	}
	each(func(x int) { if x > 1 { stop() } })
	return 0, errMissing
}
`,
  },
  {
    language: "rust",
    extension: "rs",
    source: `impl Store {
    fn find(&self, name: &str, deep: bool) -> Result<usize, Error> {
        for one in &self.list {
            if one.name == name && deep {
                return Ok(1);
            }
        }
        let text = self.read(name)?;
        match text {
            1 => Ok(1),
            2 => Ok(2),
            _ => Ok(3),
        }
    }
}
`,
  },
  {
    language: "java",
    extension: "java",
    source: `class Store {
  int find(String name, boolean deep) throws Missing {
    for (Item one : list) {
      if (one.is(name) || deep && one.has(name)) {
        return 1;
      }
    }
    switch (name) {
      case "a":
        return 2;
      default:
        break;
    }
    try { read(); } catch (Missing m) { return m == null ? 0 : 1; }
    return 3;
  }
}
`,
  },
  {
    language: "c",
    extension: "c",
    source: `static int find(const char *name, int deep)
{
  int i;
  for (i = 0; i < 10; i++) {
    if (same(name, i) && deep) {
      goto out;
    }
  }
#ifdef DEEP
  while (deep) { deep--; }
#endif
  do { i++; } while (i < 3);
  switch (i) { case 1: return 2; case 2: return 3; default: break; }
out:
  return deep ? i : 0;
}
`,
  },
  {
    language: "cpp",
    extension: "cpp",
    source: `int Store::find(const std::string& name, bool deep) const {
  for (auto& one : list) {
    if (one == name || deep) { return 1; }
  }
  try { read(); } catch (const Missing& m) { return 2; }
  return deep ? 3 : 4;
}
`,
  },
  {
    language: "csharp",
    extension: "cs",
    source: `class Store {
  public int Find(string name, bool deep) {
    for (int i = 0; i < 3; i++) {
      if (name == "a" && deep) { return i; }
    }
    try { Read(); } catch (Missing m) { return 1; }
    switch (name) { case "b": return 2; case "c": return 3; default: break; }
    return deep ? 4 : 5;
  }
}
`,
  },
  {
    language: "ruby",
    extension: "rb",
    source: `class Store
  def find(name, deep)
    list.each do |one|
      if one == name && deep
        return 1
      elsif one == 2
        return 2
      end
    end
    while deep
      deep = false
    end
    begin
      read
    rescue Missing
      return 3
    end
    5
  end
end
`,
  },
  {
    language: "php",
    extension: "php",
    source: `<?php
class Store {
  public function find($name) {
    foreach ($this->list as $one) {
      if ($one === $name && $one) { return 1; } elseif ($one || $name) { return 2; }
    }
    try { read(); } catch (Missing $m) { return 3; }
    switch ($name) { case 1: return 4; case 2: return 5; }
    return $name ? 6 : 7;
  }
}
`,
  },
  {
    language: "kotlin",
    extension: "kt",
    source: `class Store {
  fun find(name: String, deep: Boolean): Int {
    for (one in list) {
      if (one == name && deep) {
        return 1
      }
    }
    try { read() } catch (e: Missing) { return 2 }
    when (name) {
      "a" -> return 3
      "b" -> return 4
      else -> return 5
    }
  }
}
`,
  },
];
