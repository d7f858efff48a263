# syntax=docker/dockerfile:1
# devmcp over HTTP, as nobody, on a root that may be read-only. How to run it: docs/deployment.md
#
#   docker build -t devmcp .
#   docker buildx build --platform linux/amd64,linux/arm64 -t devmcp .

# On the machine that builds, whatever the image is for: Deno compiles for others too.
FROM --platform=$BUILDPLATFORM node:22-bookworm-slim AS build
ARG TARGETARCH
WORKDIR /src
COPY . .
RUN case "$TARGETARCH" in \
      amd64) target=x86_64-unknown-linux-gnu ;; \
      arm64) target=aarch64-unknown-linux-gnu ;; \
      *) echo "Cannot build for \"$TARGETARCH\": amd64 and arm64 only" >&2; exit 2 ;; \
    esac \
    && ./scripts/deno run -A scripts/build.ts --target "$target" --output /out/devmcp \
    && mkdir -p /empty/state /empty/config /empty/workspace

# glibc and certificates, no shell.
FROM gcr.io/distroless/cc-debian12:nonroot
LABEL org.opencontainers.image.title="devmcp" \
      org.opencontainers.image.description="Reviews, formats and measures code, writes tests; an MCP server" \
      org.opencontainers.image.licenses="MIT" \
      io.modelcontextprotocol.server.name="io.github.devmcp/devmcp"
COPY --from=build /out/devmcp /usr/local/bin/devmcp
COPY --from=build --chown=65532:65532 /empty/ /
# /state: keys and sessions, to be kept. /config/devmcp/devmcp.yaml: the configuration.
ENV HOME=/tmp XDG_STATE_HOME=/state XDG_CONFIG_HOME=/config XDG_CACHE_HOME=/tmp NO_COLOR=1
# By number, so that Kubernetes can tell that it is not root.
USER 65532:65532
WORKDIR /workspace
VOLUME ["/state"]
EXPOSE 8004
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s --retries=3 CMD ["/usr/local/bin/devmcp", "health"]
ENTRYPOINT ["/usr/local/bin/devmcp"]
# Everyone on the network reaches it: it does not start before there is a key or another way to log in.
CMD ["serve", "--http", "0.0.0.0:8004"]
