import Network
import Platform

/// What services cost.
enum LatencyChecks {
    static var all: [Check] { [compared] }

    private static let rounds = 500

    private static var compared: Check {
        Check(
            "latency of HTTP to another node",
            "each of \(rounds * 2) is answered"
        ) { cluster in
            let client = try cluster.client
            let pod = try cluster.pod(ServicePlans.localPod)
            guard let own = pod.addresses.first?.address,
                let service = cluster.services.local.address(own.family)
            else { throw Cluster.missing(.v4) }
            let direct = Question(.tcp, AddressAndPort(own, Port(ServicePlans.webPort)))
            let led = Question(.tcp, AddressAndPort(service, Port(ServicePlans.httpPort)))
            var times: (direct: [Duration], led: [Duration]) = ([], [])
            // In turns, so that both have the same of whatever else the machine does.
            for _ in 0..<rounds {
                times.direct.append(try direct.time(from: client.host))
                times.led.append(try led.time(from: client.host))
            }
            let (one, other) = (Latencies(times.direct), Latencies(times.led))
            return Measurement(true, "direct \(one); by service \(other)")
        }
    }
}
