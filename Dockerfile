# One binary, the app inside it. Built in three steps so that each is cached by what it depends on.
FROM node:20-bookworm-slim AS app
WORKDIR /app/pwa
COPY pwa/package.json pwa/package-lock.json pwa/.npmrc ./
RUN npm ci
COPY openapi.json /app/openapi.json
COPY pwa/ ./
RUN npm run build

FROM rust:1.95-bookworm AS server
# libjpeg-turbo is built from its source.
RUN apt-get update && apt-get install -y --no-install-recommends cmake nasm && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY Cargo.toml Cargo.lock ./
COPY .cargo/ .cargo/
# Dependencies alone first: they change seldom and take longest.
RUN mkdir server && echo '' > server/lib.rs && echo 'fn main() {}' > server/main.rs && cargo build --release --locked && rm -r server
COPY migrations/ migrations/
COPY server/ server/
COPY --from=app /app/pwa/dist pwa/dist
RUN touch server/lib.rs server/main.rs && cargo build --release --locked

FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates curl && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /data nuanfang && install -d -o nuanfang /data
COPY --from=server /app/target/release/nuanfang /usr/local/bin/nuanfang
USER nuanfang
ENV NUANFANG_LISTEN=0.0.0.0:8080 NUANFANG_DATA=/data
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s CMD curl -fsS http://127.0.0.1:8080/readyz || exit 1
STOPSIGNAL SIGTERM
ENTRYPOINT ["nuanfang"]
CMD ["serve"]
