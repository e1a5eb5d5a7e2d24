import Platform

@testable import Kubernetes

/// Contents that look right and whose traces are easy to find.
enum Sample {
    static let certificate = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
    static let other = "-----BEGIN CERTIFICATE-----\nBBBB\n-----END CERTIFICATE-----\n"
    static let key = "-----BEGIN PRIVATE KEY-----\nHUSHKEY\n-----END PRIVATE KEY-----\n"

    static func base64(_ text: String) -> String { Base64.encode(Array(text.utf8)) }

    /// A kubeconfig with one context, whose cluster and user have more lines.
    static func kubeconfig(cluster: [String] = [], user: [String] = []) -> String {
        let cluster = (["server: https://10.0.0.1:6443"] + cluster).map { "    \($0)\n" }
        let user = (["{}"].filter { _ in user.isEmpty } + user).map { "    \($0)\n" }
        return "apiVersion: v1\nkind: Config\ncurrent-context: c\ncontexts:\n- name: c\n"
            + "  context: {cluster: k, user: u}\nclusters:\n- name: k\n  cluster:\n"
            + cluster.joined() + "users:\n- name: u\n  user:\n" + user.joined()
    }

    static func plan(
        cluster: [String] = [], user: [String] = []
    ) throws(CredentialsError) -> AccessPlan {
        try Kubeconfig(kubeconfig(cluster: cluster, user: user).utf8.span, file: "/k/config").plan()
    }
}

func write(_ text: String, to path: String, mode: UInt32 = 0o600) throws {
    try File.replace(path, with: text.utf8.span, mode: mode, durably: false)
}

extension Moment {
    /// Seconds after a beginning, on both clocks.
    static func at(_ seconds: Int64) -> Moment {
        let nanoseconds = seconds * 1_000_000_000
        return Moment(
            monotonic: MonotonicTime(nanoseconds: nanoseconds),
            wall: WallTime(nanoseconds: 1_767_225_600_000_000_000 + nanoseconds))
    }
}

extension AccessPlan.TokenSource {
    /// In one line, the secret included.
    var rendered: String {
        switch self {
        case .none: "none"
        case .fixed(let token): "fixed \(token.revealed)"
        case .file(let path, let fallback): "file \(path) \(fallback?.revealed ?? "-")"
        case .plugin(let plugin): "plugin \(plugin.command)"
        }
    }
}

extension AccessPlan.Content {
    var rendered: String {
        switch self {
        case .data(let data): "data \(data.revealed)"
        case .file(let path): "file \(path)"
        }
    }
}
