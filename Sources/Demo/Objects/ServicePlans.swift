package import Network

/// All services of the demonstration.
package struct ServicePlans: Hashable, Sendable {
    /// Answers names; its address is the usual one.
    package let dns: ServicePlan
    /// All web servers, by TCP and UDP.
    package let web: ServicePlan
    package let sticky: ServicePlan
    /// All web servers, from outside.
    package let front: ServicePlan
    /// One web server, which sees who asks from outside.
    package let local: ServicePlan
    /// The web servers' own names.
    package let peers: ServicePlan
    /// The first web server alone.
    package let mirror: ServicePlan
    /// A name that leads out of the cluster.
    package let partner: ServicePlan

    /// The ports that pods listen on.
    static let (dnsPort, webPort) = (UInt16(53), UInt16(8080))
    static let (httpPort, echoPort) = (UInt16(80), UInt16(7))
    static let (frontPort, localPort) = (UInt16(30080), UInt16(30081))
    /// The web server that `local` leads to.
    static let localPod = "web-2"
    static let mirrorPod = "web-1"
    /// A name of the machine outside.
    static let partnerName = "partner.example.test"

    package init(families: [IPFamily]) {
        func service(_ number: UInt16) -> [IPAddress] {
            Self.addresses(
                ["10.96.\(number >> 8).\(number & 0xff)", "fd00:10:96::\(hex(number))"], families)
        }
        let web = Label("app", "web")
        let http = ServicePort("http", .tcp, Self.httpPort, to: Self.webPort)
        let echo = ServicePort("echo", .udp, Self.echoPort, to: Self.webPort)
        let names = [
            ServicePort("dns", .udp, Self.dnsPort, to: Self.dnsPort),
            ServicePort("dns-tcp", .tcp, Self.dnsPort, to: Self.dnsPort),
        ]
        dns = ServicePlan(
            "kube-dns", in: PodPlan.system, .clusterIP, service(10),
            to: Label("k8s-app", "kube-dns"),
            names)
        self.web = ServicePlan("web", .clusterIP, service(0x5701), to: web, [http, echo])
        sticky = ServicePlan("sticky", .affine, service(0x5702), to: web, [http])
        front = ServicePlan(
            "front", .loadBalancer(nodePort: Self.frontPort, Self.balancer(families)),
            service(0x5703), to: web, [http])
        local = ServicePlan(
            "local", .localNodePort(Self.localPort), service(0x5704),
            to: Label("pod", Self.localPod),
            [http])
        mirror = ServicePlan(
            "mirror", .clusterIP, service(0x5705), to: Label("pod", Self.mirrorPod), [http])
        peers = ServicePlan("peers", .headless, to: web, [http])
        partner = ServicePlan("partner", .externalName(Self.partnerName))
    }

    package var all: [ServicePlan] { [dns, web, sticky, front, local, mirror, peers, partner] }

    /// What a load balancer outside of the cluster has given `front`.
    static func balancer(_ families: [IPFamily]) -> [IPAddress] {
        addresses(["203.0.113.80", "2001:db8:113::80"], families)
    }

    private static func addresses(_ texts: [String], _ families: [IPFamily]) -> [IPAddress] {
        texts.compactMap { IPAddress($0) }.filter { families.contains($0.family) }
    }
}

private func hex(_ number: UInt16) -> String { String(number, radix: 16) }
