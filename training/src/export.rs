//! The trained net as ONNX, and what it says of a few lines, for the station's test.

use crate::line::{CLASSES, HEIGHT, normalised};
use crate::net::{LAYERS, Pass, count};
use crate::{draw, fonts::Fonts};
use rten_onnx::onnx::{
    AttributeProto, AttributeType, DataType, Dimension, GraphProto, ModelProto, NodeProto,
    OperatorSetIdProto, TensorProto, TensorShapeProto, TypeProto, TypeProtoTensor, ValueInfoProto,
};
use std::cell::RefCell;
use std::error::Error;
use std::fs;
use std::path::Path;

/// Writes the net, and a few lines with what it says of them.
pub fn write(
    net: &Path,
    lines: &Path,
    weights: &[f32],
    steps: usize,
    fonts: &Fonts,
) -> Result<(), Box<dyn Error>> {
    for path in [net, lines] {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
    }
    fs::write(net, model(weights, steps).write_buf()?)?;
    fs::write(lines, said(weights, fonts))?;
    Ok(())
}

fn model(weights: &[f32], steps: usize) -> ModelProto {
    assert_eq!(weights.len(), count());
    let mut graph = GraphProto {
        input: vec![value("line", [Some(1), Some(1), Some(HEIGHT as i64), None])],
        output: vec![value("classes", [Some(1), Some(CLASSES as i64), Some(1), None])],
        ..GraphProto::default()
    };
    let mut at = 0;
    let mut before = "line".to_owned();
    for (i, layer) in LAYERS.iter().enumerate() {
        let taps = layer.inputs * layer.kernel.0 * layer.kernel.1;
        let middle = at + layer.outputs * taps;
        let end = at + layer.weights();
        let last = i + 1 == LAYERS.len();
        let (w, b) = (format!("w{i}"), format!("b{i}"));
        let dims = [layer.outputs, layer.inputs, layer.kernel.0, layer.kernel.1];
        graph.initializer.push(tensor(&w, &dims, &weights[at..middle]));
        graph.initializer.push(tensor(&b, &[layer.outputs], &weights[middle..end]));
        let after = if last { "classes".to_owned() } else { format!("c{i}") };
        let (pad, stride) = (layer.pad, layer.stride);
        graph.node.push(NodeProto {
            op_type: Some("Conv".to_owned()),
            input: vec![before, w, b],
            output: vec![after.clone()],
            attribute: vec![
                ints("kernel_shape", &[layer.kernel.0, layer.kernel.1]),
                ints("strides", &[stride.0, stride.1]),
                ints("pads", &[pad.0, pad.1, pad.0, pad.1]),
                ints("dilations", &[1, 1]),
            ],
            ..NodeProto::default()
        });
        before = after.clone();
        if layer.relu {
            before = format!("r{i}");
            graph.node.push(NodeProto {
                op_type: Some("Relu".to_owned()),
                input: vec![after],
                output: vec![before.clone()],
                ..NodeProto::default()
            });
        }
        at = end;
    }
    ModelProto {
        ir_version: Some(8),
        producer_name: Some("kenban-training".to_owned()),
        producer_version: Some(format!("{} steps", steps)),
        graph: Some(graph),
        opset_import: vec![OperatorSetIdProto { domain: Some(String::new()), version: Some(17) }],
        ..ModelProto::default()
    }
}

fn value(name: &str, dims: [Option<i64>; 4]) -> ValueInfoProto {
    let dim = dims
        .into_iter()
        .map(|size| match size {
            Some(size) => Dimension { dim_value: Some(size), dim_param: None },
            None => Dimension { dim_value: None, dim_param: Some("width".to_owned()) },
        })
        .collect();
    ValueInfoProto {
        name: Some(name.to_owned()),
        r#type: Some(TypeProto {
            tensor_type: Some(TypeProtoTensor {
                elem_type: Some(DataType::FLOAT),
                shape: Some(TensorShapeProto { dim }),
            }),
            ..TypeProto::default()
        }),
    }
}

fn tensor(name: &str, dims: &[usize], values: &[f32]) -> TensorProto {
    TensorProto {
        dims: dims.iter().map(|d| *d as i64).collect(),
        data_type: Some(DataType::FLOAT),
        raw_data: Some(RefCell::new(values.iter().flat_map(|v| v.to_le_bytes()).collect())),
        name: Some(name.to_owned()),
        ..TensorProto::default()
    }
}

fn ints(name: &str, values: &[usize]) -> AttributeProto {
    AttributeProto {
        name: Some(name.to_owned()),
        ints: values.iter().map(|v| *v as i64).collect(),
        r#type: Some(AttributeType::INTS),
        ..AttributeProto::default()
    }
}

/// A few lines and the net's answers to them, as this package computes them.
fn said(weights: &[f32], fonts: &Fonts) -> String {
    let mut pass = Pass::default();
    let lines: Vec<serde_json::Value> = (0..)
        .map(|number| draw::line(fonts, 2_026, number, true))
        .filter(|sample| sample.labels.len() >= 8 && sample.width <= 200)
        .take(3)
        .map(|sample| {
            let answer = pass.forward(weights, &normalised(&sample.greys), sample.width);
            let rounded: Vec<f64> =
                answer.iter().map(|v| (f64::from(*v) * 1e5).round() / 1e5).collect();
            serde_json::json!({
                "width": sample.width, "greys": sample.greys, "classes": rounded,
            })
        })
        .collect();
    serde_json::json!(lines).to_string() + "\n"
}
