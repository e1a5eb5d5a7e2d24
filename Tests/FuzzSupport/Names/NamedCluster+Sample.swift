import Kubernetes

extension NamedCluster {
    /// Fills the cluster with a service of every kind.
    package func fill() {
        for name in ["default", "kube-system", "apps", "empty"] { namespace(name) }
        fillAddressed()
        fillHeadless()
        fillAliases()
        pod("apps/web-0", ["10.244.0.5", "fd00:244::5"])
        pod("apps/done", ["10.244.0.6"], phase: "Succeeded")
        pod("kube-system/proxy", ["192.168.0.1"])
        pod("kube-system/agent", ["192.168.0.1"])
        publish()
    }

    private func fillAddressed() {
        service("default/web", ["10.96.0.1"], ports: ["http:80", "https:443"])
        slice(
            "default/web-1", of: "web", ["172.16.0.1", "172.16.0.2", "172.16.0.3 unready"],
            ports: ["http:8080", "https:8443"])
        service(
            "default/dual", ["10.96.0.2", "fd00:96::2"],
            ports: ["dns:53/UDP", "dns-tcp:53", "sig:99/SCTP"])
        service("default/plain", ["10.96.0.3"], ports: [":80"])
        service("default/idle", ["10.96.0.4"], ports: ["http:80"])
        service("default/six", ["fd00:96::5"], ports: ["http:80"])
        service("kube-system/kube-dns", ["10.96.0.10"], ports: ["dns:53/UDP", "dns-tcp:53"])
    }

    private func fillHeadless() {
        service("apps/db", ports: ["mysql:3306"])
        slice(
            "apps/db-1", of: "db",
            ["172.16.1.1 db-0", "172.16.1.2 db-1", "172.16.1.3 db-2 unready"],
            ports: ["mysql:13306"])
        slice("apps/db-2", of: "db", ["172.16.1.2 db-1"], ports: ["mysql:13306"])
        slice("apps/db-6", of: "db", ["fd00:16:1::1 db-0"], ports: ["mysql:13306"])
        service("apps/peers", ports: ["gossip:7000"])
        slice(
            "apps/peers-1", of: "peers",
            ["172.16.2.1 pod:peers-a", "172.16.2.2", "172.16.2.3 terminating"],
            ports: ["gossip:17000", "gossip-udp:17000/UDP"])
        slice(
            "apps/peers-6", of: "peers", ["fd00:16:2::", "fd00:16:2::2"], ports: ["gossip:17000"])
        service("apps/shared")
        slice(
            "apps/shared-1", of: "shared", ["172.16.3.1 all", "172.16.3.2 all", "172.16.3.3"],
            ports: ["http:80"])
        service("apps/none", ports: ["http:80"])
        slice("apps/none-1", of: "none", ["172.16.4.1 unready"], ports: ["http:80"])
        service("apps/eager", ports: ["http:80"]) { $0.spec.publishNotReadyAddresses = true }
        slice("apps/eager-1", of: "eager", ["172.16.5.1 eager-0"], ports: ["http:80"])
        service("apps/bare")
        slice("apps/bare-1", of: "bare", ["172.16.6.1"])
    }

    private func fillAliases() {
        let names = [
            ("ext", "www.example.com"), ("dotted", "www.example.com."),
            ("inner", "web.default.svc.cluster.local"),
            ("chain", "inner.default.svc.cluster.local"),
            ("headless", "db.apps.svc.cluster.local"),
            ("lost", "missing.default.svc.cluster.local"),
            ("own", "own.default.svc.cluster.local"), ("ring1", "ring2.default.svc.cluster.local"),
            ("ring2", "ring1.default.svc.cluster.local"), ("literal", "10.0.0.1"),
            ("literal6", "fd00::1"), ("spaced", "www.example.com "), ("two", "a b.example"),
            ("empty", ""), ("dot", "."), ("long", String(repeating: "abcdefg.", count: 32)),
            ("label", String(repeating: "a", count: 64) + ".example"),
        ]
        for (name, target) in names { alias("default/\(name)", to: target) }
    }
}
