# A kubelet's part towards its runtime: the Container Runtime Interface, gRPC by curl, on a node
# whose containerd listens at the usual place. Only perl-base and curl are needed.
#   cri.pl ready                    fails with the runtime's words until pods have a network
#   cri.pl image NAME               fails until the runtime has the image
#   cri.pl run NAME CONTROL_GROUP DNS_SERVER IMAGE COMMAND…
#                                   prints "POD CONTAINER ADDRESS…"
#   cri.pl exec CONTAINER COMMAND…  prints what the command prints, and ends as it does
#   cri.pl remove POD
use strict;
use warnings;
use IPC::Open2;

my $socket = "/run/containerd/containerd.sock";

sub varint {
    my ($number) = @_;
    my $bytes = "";
    for (; $number > 127; $number >>= 7) { $bytes .= chr($number & 127 | 128) }
    return $bytes . chr($number);
}

# Pairs of a field's number and its content; a reference is to a number.
sub message {
    my $bytes = "";
    while (my ($field, $value) = splice @_, 0, 2) {
        $bytes .= ref $value
            ? varint($field << 3) . varint($$value)
            : varint($field << 3 | 2) . varint(length $value) . $value;
    }
    return $bytes;
}

sub take_varint {
    my ($number, $shift) = (0, 0);
    while ($_[0] =~ s/^(.)//s) {
        $number |= (ord($1) & 127) << $shift;
        return $number if ord($1) < 128;
        $shift += 7;
    }
    die "a number has no end\n";
}

# The contents of a message's fields: all of field 5 are in $fields->{5}.
sub fields {
    my ($bytes) = @_;
    my %fields;
    while (length $bytes) {
        my $key = take_varint($bytes);
        my $value = take_varint($bytes);
        $value = substr $bytes, 0, $value, "" if ($key & 7) == 2;
        push @{ $fields{ $key >> 3 } }, $value;
    }
    return \%fields;
}

# The words that the runtime has for an error stand after the answer, percent-encoded.
sub call {
    my ($method, $request) = @_;
    my $pid = open2(my $output, my $input, qw(curl --silent --show-error --http2-prior-knowledge),
        qw(--max-time 60 --dump-header - --data-binary @-), "--unix-socket", $socket,
        "-H", "Content-Type: application/grpc", "-H", "TE: trailers",
        "http://localhost/runtime.v1.$method");
    print $input pack("CN", 0, length $request), $request;
    close $input;
    my $answer = do { local $/; <$output> } // "";
    waitpid $pid, 0;
    my ($head, $body) = split /\r\n\r\n/, $answer, 2;
    $head // die "$method: no answer\n";
    my $message = length $body > 5 ? substr $body, 5, unpack("xN", $body) : "";
    my $trailer = "$head\r\n" . substr $body, length $body > 5 ? 5 + length $message : 0;
    return fields($message) if $trailer =~ /^grpc-status: 0\r?$/m;
    my ($words) = $trailer =~ /^grpc-message: (.*?)\r?$/m;
    die "$method: ", ($words // $trailer) =~ s/%([0-9a-fA-F]{2})/chr hex $1/ger, "\n";
}

sub runtime { call("RuntimeService/$_[0]", message(@_[1 .. $#_])) }

sub ready {
    my $status = fields(runtime("Status")->{1}[0]);
    for my $condition (map { fields($_) } @{ $status->{1} }) {
        die "$condition->{3}[0]: $condition->{4}[0]\n"
            if $condition->{1}[0] eq "NetworkReady" && !$condition->{2};
    }
}

sub image {
    my ($name) = @_;
    call("ImageService/ImageStatus", message(1 => message(1 => $name)))->{1} or die "no $name\n";
}

# What kubelet tells of a pod in the namespace "default" of a cluster with the usual domain.
sub sandbox {
    my ($name, $group, $dns) = @_;
    my @searches = map { (2 => $_) } qw(default.svc.cluster.local svc.cluster.local cluster.local);
    return message(
        1 => message(1 => $name, 2 => "uid-$name", 3 => "default"),
        2 => $name,
        3 => "/run/pods/$name",
        4 => message(1 => $dns, @searches, 3 => "ndots:5"),
        8 => message(1 => $group));
}

# The directories that the container has of its node, to read.
my @mounts = map { (7 => message(1 => $_, 2 => $_, 3 => \1)) } qw(/usr /opt);

sub run {
    my ($name, $group, $dns, $image, @command) = @_;
    mkdir $_ for "/run/pods", "/run/pods/$name";
    my $sandbox = sandbox($name, $group, $dns);
    my $pod = runtime("RunPodSandbox", 1 => $sandbox)->{1}[0];
    my $config = message(
        1 => message(1 => $name), 2 => message(1 => $image), (map { (3 => $_) } @command), @mounts,
        11 => "log");
    my $container = runtime("CreateContainer", 1 => $pod, 2 => $config, 3 => $sandbox)->{1}[0];
    runtime("StartContainer", 1 => $container);
    my $network = fields(fields(runtime("PodSandboxStatus", 1 => $pod)->{1}[0])->{5}[0]);
    my @others = map { fields($_)->{1}[0] } @{ $network->{2} // [] };
    print "$pod $container $network->{1}[0] @others\n";
}

sub execute {
    my ($container, @command) = @_;
    my $result = runtime("ExecSync", 1 => $container, (map { (2 => $_) } @command), 3 => \60);
    print $result->{1}[0] // "";
    print STDERR $result->{2}[0] // "";
    exit($result->{3} ? $result->{3}[0] : 0);
}

sub remove { runtime($_, 1 => @_) for qw(StopPodSandbox RemovePodSandbox) }

my %commands =
    (ready => \&ready, image => \&image, run => \&run, exec => \&execute, remove => \&remove);
my ($command, @arguments) = @ARGV;
binmode $_ for *STDIN, *STDOUT;
$commands{$command}->(@arguments);
