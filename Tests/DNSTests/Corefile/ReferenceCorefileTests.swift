import Network
import Testing

@testable import DNS

@Suite struct `Corefiles in use` {
    @Test func `kubeadm's is read as it is, and is what counts without a file (D101)`() throws {
        let file = try corefile(Corefile.kubeadm)
        let server = file.servers[0]
        #expect(file.servers.count == 1 && file.files == ["Corefile"])
        #expect(server.keys == [ServerKey(scheme: .dns, zone: .root, port: 53)])
        #expect(server.errors != nil && server.ready?.listener == ListenerAddress(nil, 8181))
        #expect(server.health?.listener == ListenerAddress(nil, 8080))
        #expect(server.health?.lameduck == .seconds(5))
        #expect(server.prometheus?.listener == ListenerAddress(nil, 9153))
        let cluster = try #require(server.kubernetes)
        let reverse = try names("in-addr.arpa", "ip6.arpa")
        #expect(cluster.zones == [try DomainName("cluster.local")] + reverse)
        #expect(cluster.primaryZone == (try DomainName("cluster.local")))
        #expect(
            cluster.pods == .insecure && cluster.ttl == 30 && cluster.passesOn?.zones == reverse)
        #expect(server.forwards.map(\.upstreams) == [[.resolverFile("/etc/resolv.conf")]])
        #expect(server.forwards.map(\.maxConcurrent) == [1000])
        let cache = try #require(server.cache)
        #expect(cache.zones == [.root] && cache.success.longest == .seconds(30))
        #expect(cache.denial.longest == .seconds(30))
        #expect(cache.success.disabled == (try names("cluster.local")))
        #expect(cache.denial.disabled == (try names("cluster.local")))
        #expect(server.detectsLoops && server.shufflesAddresses)
        #expect(server.reload?.interval == .seconds(30) && server.reload?.jitter == .seconds(15))
    }

    @Test func `MicroShift's is read as it is (D102)`() throws {
        let file = try corefile(Self.microShift)
        let server = file.servers[0]
        #expect(server.keys.map(\.description) == ["dns://.:5353"])
        #expect(server.bufferSize == 1232 && server.log.map(\.classes) == [.error])
        #expect(server.health?.lameduck == .seconds(20))
        #expect(server.kubernetes?.ttl == 5 && server.kubernetes?.passesOn?.zones == [.root])
        #expect(
            server.prometheus?.listener == ListenerAddress(.v4(IPv4Address(127, 0, 0, 1)), 9153))
        #expect(server.forwards[0].policy == .sequential)
        #expect(server.cache?.success.longest == .seconds(900))
        #expect(
            server.cache?.denial.capacity == 9984 && server.cache?.denial.longest == .seconds(30))
        #expect(server.hosts?.file == "/tmp/hosts/hosts" && server.hosts?.passesOn != nil)
        #expect(!server.detectsLoops && !server.shufflesAddresses)
        #expect(
            try file.servers[1].chaos != nil && file.servers[1].zones == (names("hostname.bind")))
        #expect(file.servers[2].rewrites.count == 1 && file.servers[2].forwards.count == 1)
    }

    @Test func `NodeLocal DNSCache's is read as it is (D103)`() throws {
        let servers = try corefile(Self.nodeLocal).servers
        #expect(
            servers.map(\.zones) == [
                try names("cluster.local"), try names("in-addr.arpa"), try names("ip6.arpa"),
                [.root],
            ])
        let addresses = ["169.254.20.10", "10.96.0.10"].compactMap { IPAddress($0) }
        #expect(servers.allSatisfy { $0.binds[0].targets == addresses.map { .address($0) } })
        #expect(servers.dropLast().allSatisfy { $0.forwards[0].forcesTCP })
        let cache = try #require(servers[0].cache)
        #expect(cache.success.capacity == 9984 && cache.success.longest == .seconds(30))
        #expect(cache.denial.longest == .seconds(5))
        #expect(servers[0].health?.listener == ListenerAddress(addresses[0], 8080))
        #expect(servers.allSatisfy { $0.prometheus?.listener == ListenerAddress(nil, 9253) })
    }

    static let microShift = """
        .:5353 {
            bufsize 1232
            errors
            log . {
                class error
            }
            health {
                lameduck 20s
            }
            ready
            kubernetes cluster.local in-addr.arpa ip6.arpa {
                pods insecure
                fallthrough
            }
            prometheus 127.0.0.1:9153
            hosts /tmp/hosts/hosts {
                fallthrough
            }
            forward . /etc/resolv.conf {
                policy sequential
            }
            cache 900 {
                denial 9984 30
            }
            reload
        }
        hostname.bind:5353 {
            chaos
        }
        remote.example:5353 {
            rewrite name suffix .remote.example .cluster.local answer auto
            forward . 10.200.0.10:5353
        }

        """

    static let nodeLocal = """
        cluster.local:53 {
            errors
            cache {
                    success 9984 30
                    denial 9984 5
            }
            reload
            loop
            bind 169.254.20.10 10.96.0.10
            forward . 10.101.1.1 {
                    force_tcp
            }
            prometheus :9253
            health 169.254.20.10:8080
            }
        in-addr.arpa:53 {
            errors
            cache 30
            reload
            loop
            bind 169.254.20.10 10.96.0.10
            forward . 10.101.1.1 {
                    force_tcp
            }
            prometheus :9253
            }
        ip6.arpa:53 {
            errors
            cache 30
            reload
            loop
            bind 169.254.20.10 10.96.0.10
            forward . 10.101.1.1 {
                    force_tcp
            }
            prometheus :9253
            }
        .:53 {
            errors
            cache 30
            reload
            loop
            bind 169.254.20.10 10.96.0.10
            forward . /etc/resolv.conf
            prometheus :9253
            }

        """
}
