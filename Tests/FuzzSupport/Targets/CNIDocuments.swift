import JSON
import CNI

extension FuzzTargets {
    /// The documents that runtimes and other plugins hand over.
    static let cniDocuments = [
        FuzzTarget("json", texts: configurations + results, run: checkJSON),
        FuzzTarget("cni-configuration", texts: configurations) { readConfiguration($0) },
        FuzzTarget("cni-result", texts: results, run: checkResult),
        FuzzTarget(
            "cni-arguments",
            texts: [
                "IgnoreUnknown=1;K8S_POD_NAMESPACE=a;K8S_POD_NAME=b;K8S_POD_UID=c;IP=10.0.0.1",
                "MAC=02:00:5e:10:ab:01;IgnoreUnknown=false", "=;a=b=c;;",
            ]
        ) { _ = try? CallArguments(String(decoding: $0, as: UTF8.self)) },
    ]

    private static let configurations = [
        #"""
        {"cniVersion":"1.1.0","name":"pods","type":"weft-cni","mtu":1500,"ipMasq":true,
        "ipam":{"type":"weft-ipam","ranges":[[{"subnet":"10.1.0.0/16"}],[{"subnet":"fd00::/64"}]]},
        "dns":{"nameservers":["10.1.0.1"]},"args":{"cni":{"ips":["10.1.0.5"]}},
        "nonMasqueradeCIDRs":["10.0.0.0/8"],"snat":true,"masqAll":false,"conditionsV4":[],
        "runtimeConfig":{"portMappings":[{"HostPort":80,"ContainerPort":8080,"Protocol":"tcp"},
        {"hostPort":65535,"containerPort":1,"protocol":"SCTP","hostIP":"::","range":1}],
        "bandwidth":{"ingressRate":1000000}},"cni.dev/valid-attachments":
        [{"containerID":"c1","ifname":"eth0"}]}
        """#,
        #"{"name":"\ud83d\ude00","x":[-0.25e+7,null,true,{"a":"\u0000"}]}"#,
    ]

    private static let results = [
        #"""
        {"cniVersion":"1.1.0","interfaces":[{"name":"weft0"},{"name":"eth0","mac":"02:00:00:00:00:02",
        "mtu":1450,"sandbox":"/run/netns/a"}],"ips":[{"interface":1,"address":"10.1.0.5/16",
        "gateway":"10.1.0.1"},{"address":"fd00::5/64"}],"routes":[{"dst":"0.0.0.0/0","gw":"10.1.0.1"},
        {"dst":"::/0","mtu":1400,"advmss":1360,"priority":7,"table":100,"scope":253}],
        "dns":{"domain":"a.b","search":["c"],"options":["ndots:5"]}}
        """#,
        #"{"cniVersion":"0.2.0","ip4":{"ip":"10.1.0.5/16","routes":[{"dst":"0.0.0.0/0"}]}}"#,
    ]
}

/// What is read as JSON is written as JSON that is read the same.
private func checkJSON(_ bytes: [UInt8]) {
    guard let value = try? JSONValue(parsing: bytes.span) else { return }
    let text = Array(value.text.utf8)
    precondition((try? JSONValue(parsing: text.span)) == value, "not read back as it was read")
}

private func readConfiguration(_ bytes: [UInt8]) {
    guard let document = try? JSONValue(parsing: bytes.span),
        let network = try? NetworkConfiguration(document)
    else { return }
    _ = try? network.previousResult
    _ = try? network.validAttachments
    _ = try? network.ownDNS
    _ = try? HostPortPart(network)
    _ = try? MasqueradePart(network)
}

/// A result that is read can be written in its own version, and is then read the same.
private func checkResult(_ bytes: [UInt8]) {
    guard let document = try? JSONValue(parsing: bytes.span) else { return }
    for version in ProtocolVersion.allCases {
        guard let result = try? NetworkResult(document, in: version, at: "prevResult"),
            let written = try? result.document(in: .newest)
        else { continue }
        let again = try? NetworkResult(written, in: .newest, at: "prevResult")
        precondition(again == result, "not read back as it was written")
    }
}
