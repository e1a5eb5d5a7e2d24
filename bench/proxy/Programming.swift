import Measure
import Platform

/// All services at once: by the proxy from a store that has them, and by nft from a file.
struct Programming {
    private let cluster: Cluster

    init(_ cluster: Cluster) { self.cluster = cluster }

    func measure(pairs: Int, isAlone: Bool) throws {
        var proxy = Samples(of: "all services, weft")
        var warm = Samples(of: "all services, upon what is there")
        var nft = Samples(of: "all services, kube-proxy's shape by nft -f")
        let reference = Reference(cluster: cluster)
        let file = try TemporaryFile(isAlone ? "" : reference.text)
        for _ in 0..<pairs {
            let namespace = try NetworkNamespace.anonymous()
            let again = try NetworkNamespace(path: namespace.path)
            proxy.add(try run(in: namespace))
            warm.add(try run(in: again))
            if !isAlone { nft.add(try reference.load(file.path)) }
        }
        print(proxy)
        print(warm)
        guard !isAlone else { return }
        print(nft)
        print("weft takes 1/\((1 / proxy.ratio(to: nft)).rounded(toDecimals: 1)) of nft's time")
    }

    private func run(in namespace: consuming NetworkNamespace) throws -> Duration {
        let running = try Running(cluster)
        defer { running.stop() }
        return try running.start(in: namespace)
    }
}

/// A file for another program to read.
struct TemporaryFile: ~Copyable {
    let path: String

    init(_ text: String) throws {
        path = "/tmp/weft-bench-proxy.\(ProcessID.current.rawValue)"
        try File.replace(path, with: text.utf8.span, durably: false)
    }

    deinit { _ = try? File.remove(path) }
}
